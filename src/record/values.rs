//! One value a field, of which only those that were given take room.
//!
//! In: a value for every field of a table. Out: the same by slot, in order. Most fields of most records are not given: an
//! enterprise has some forty fields and fills sixteen, and a prefecture has a hundred thousand records.
//!
//! Not here: what the fields are (`field`), and a typed look at them (`value`).

use thin_vec::ThinVec;

use super::value::Value;

/// Slots that fit into the head of a sparse form.
const MOST_SPARSE: usize = 56;

static ABSENT: Value = Value::Absent;

/// The values of a record or of an object, in the order of its fields.
///
/// The first member of the slice is the head, and the given values follow in order. As a number, its high byte says how many
/// slots there are and its other bits which of them were given. Of a table with more fields than bits it is no number, and
/// every slot follows. One word leads to it, as to a text: so a value is no larger than a number with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values(ThinVec<Value>);

impl Values {
    /// The values of all slots.
    pub fn of(slots: Vec<Value>) -> Values {
        if slots.len() > MOST_SPARSE {
            return Values(std::iter::once(Value::Absent).chain(slots).collect());
        }
        let mut head = (slots.len() as u64) << MOST_SPARSE;
        let mut count = 1;
        for (at, value) in slots.iter().enumerate() {
            if !value.is_absent() {
                head |= 1 << at;
                count += 1;
            }
        }
        let mut values = ThinVec::with_capacity(count);
        values.push(Value::Count(head as i64));
        values.extend(slots.into_iter().filter(|value| !value.is_absent()));
        Values(values)
    }

    /// The same of a table with few fields by the given values alone: `given` has a bit for each slot that was given, and
    /// `values` are theirs in order. None where they do not fit together.
    pub(super) fn of_given(
        len: usize,
        given: u64,
        values: impl Iterator<Item = Option<Value>>,
    ) -> Option<Values> {
        if len > MOST_SPARSE || given >> len != 0 {
            return None;
        }
        let count = given.count_ones() as usize;
        let mut all = ThinVec::with_capacity(count + 1);
        all.push(Value::Count((given | (len as u64) << MOST_SPARSE) as i64));
        for value in values.take(count) {
            all.push(value.filter(|value| !value.is_absent())?);
        }
        (all.len() == count + 1).then_some(Values(all))
    }

    /// How many slots there are, which of them were given, a bit each, and what; none of a table with many fields.
    pub(super) fn given(&self) -> Option<(usize, u64, &[Value])> {
        let head = self.head()?;
        let given = head & ((1 << MOST_SPARSE) - 1);
        Some(((head >> MOST_SPARSE) as usize, given, self.0.get(1..)?))
    }

    /// The value at a slot; `Absent` when it was not given or there is no such slot.
    pub fn get(&self, slot: usize) -> &Value {
        let at = match self.head() {
            Some(given) if slot < MOST_SPARSE && given >> slot & 1 == 1 => before(given, slot) + 1,
            Some(_) => return &ABSENT,
            None => slot + 1,
        };
        self.0.get(at).unwrap_or(&ABSENT)
    }

    /// Puts a value into a slot that the table has.
    pub fn set(&mut self, slot: usize, value: Value) {
        let at = match self.head() {
            Some(given) if slot < MOST_SPARSE && given >> slot & 1 == 1 => before(given, slot) + 1,
            Some(_) => {
                let mut slots: Vec<Value> = self.iter().cloned().collect();
                if let Some(place) = slots.get_mut(slot) {
                    *place = value;
                }
                *self = Values::of(slots);
                return;
            }
            None => slot + 1,
        };
        if let Some(place) = self.0.get_mut(at) {
            *place = value;
        }
    }

    /// Every slot's value.
    pub fn iter(&self) -> Slots<'_> {
        let mut values = self.0.iter();
        let head = match values.next() {
            Some(Value::Count(head)) => Some(*head as u64),
            _ => None,
        };
        let len = head.map_or(values.len(), |head| (head >> MOST_SPARSE) as usize);
        Slots { given: head, values, slot: 0, len }
    }

    /// The values that were given, with their slots, to be changed.
    pub fn given_mut(&mut self) -> impl Iterator<Item = (usize, &mut Value)> {
        let given = self.head();
        let mut slots = (0..).filter(move |slot| given.is_none_or(|given| given >> slot & 1 == 1));
        self.0.iter_mut().skip(1).filter_map(move |value| Some((slots.next()?, value)))
    }

    /// Which slots were given; none when all slots follow.
    fn head(&self) -> Option<u64> {
        match self.0.first() {
            Some(Value::Count(head)) => Some(*head as u64),
            _ => None,
        }
    }
}

/// How many given slots stand before one.
fn before(given: u64, slot: usize) -> usize {
    (given & ((1 << slot) - 1)).count_ones() as usize
}

impl<'v> IntoIterator for &'v Values {
    type Item = &'v Value;
    type IntoIter = Slots<'v>;

    fn into_iter(self) -> Slots<'v> {
        self.iter()
    }
}

/// Every slot's value, in order.
#[derive(Clone, Debug)]
pub struct Slots<'v> {
    given: Option<u64>,
    values: std::slice::Iter<'v, Value>,
    slot: usize,
    len: usize,
}

impl<'v> Iterator for Slots<'v> {
    type Item = &'v Value;

    fn next(&mut self) -> Option<&'v Value> {
        if self.slot == self.len {
            return None;
        }
        let is_given = self.given.is_none_or(|given| given >> self.slot & 1 == 1);
        self.slot += 1;
        if is_given { self.values.next() } else { Some(&ABSENT) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(given: &[usize], len: usize) -> Vec<Value> {
        (0..len).map(|at| if given.contains(&at) { Value::Count(at as i64) } else { Value::Absent }).collect()
    }

    #[test]
    fn a_value_takes_two_words_and_a_list_or_object_one() {
        assert_eq!(size_of::<Value>(), 16);
        assert_eq!(size_of::<Values>(), 8);
    }

    #[test]
    fn a_slot_has_the_value_that_was_given_for_it_whatever_the_size_of_the_table() {
        for len in [0, 1, 10, 55, 56, 57, 90] {
            for given in [&[] as &[usize], &[0], &[0, 1, 7, 55], &[9, 54, 56, 89]] {
                let dense = slots(given, len);
                let values = Values::of(dense.clone());
                assert_eq!(values.iter().cloned().collect::<Vec<_>>(), dense, "{given:?} of {len}");
                for (at, value) in dense.iter().enumerate() {
                    assert_eq!(values.get(at), value, "{at} of {given:?} of {len}");
                }
                assert_eq!(values.get(len), &Value::Absent);
                assert_eq!(values.get(500), &Value::Absent);
            }
        }
    }

    #[test]
    fn a_value_can_be_put_into_any_slot_of_the_table_and_into_no_other() {
        for len in [10, 90] {
            let mut values = Values::of(slots(&[3, 5], len));
            for slot in [3, 0, 9, len] {
                values.set(slot, Value::Flag(true));
            }
            let set: Vec<usize> = (0..len).filter(|at| values.get(*at) == &Value::Flag(true)).collect();
            assert_eq!(set, [0, 3, 9], "{len}");
            assert_eq!(values.get(5), &Value::Count(5));
            assert_eq!(values.iter().count(), len);
        }
    }

    #[test]
    fn what_is_changed_knows_its_slot() {
        for len in [10, 90] {
            let mut values = Values::of(slots(&[2, 4, 9], len));
            for (slot, value) in values.given_mut().filter(|(_, value)| !value.is_absent()) {
                assert_eq!(*value, Value::Count(slot as i64), "{len}");
                *value = Value::Absent;
            }
            assert!(values.iter().all(Value::is_absent));
        }
    }
}
