//! 当事人: the organisation or person that a penalty or a blacklist entry names.
//!
//! A natural person, that is a party without a credit code, is published behind a mask.

use super::field::{Field, Mask, Type, field_table};

field_table!(FIELDS {
    public NAME = Field::new("name", "当事人", "party", Type::Text).required().searched(10).masked(Mask::NameUnless("uscc"));
    public USCC = Field::new("uscc", "统一社会信用代码", "unified social credit code", Type::Uscc).searched(5).may_name("enterprises", "uscc");
    public ID_MASKED = Field::new("id_masked", "证件号（遮挡）", "id, masked", Type::Text);
});
