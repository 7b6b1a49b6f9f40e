//! Numbers as spreadsheets and programs write them.

use super::*;

#[test]
fn numbers_as_spreadsheets_keep_them_are_found() {
    for text in [
        "<c><v>1.3800000001E10</v></c>",
        "<v>13800000001.0</v>",
        "张某,1.3800000001E+10\r\n",
        "张某,1.3800000001e+10,甲",
        "{\"phone\": 13800000001.0}",
        "phone: 13800000001.0",
        "13800000001.0,",
    ] {
        told(text, &[(Sort::Mobile, "138****0001")]);
    }
    // Zeros at the end are left out.
    told("<v>1.3800012E10</v>", &[(Sort::Mobile, "138****2000")]);
    told("<v>9.90101900101001E14</v>", &[(Sort::OldId, "990********1001")]);
    told("<v>990101900101001.0</v>", &[(Sort::OldId, "990********1001")]);
    assert_eq!(detector().redact("1.3800000001E10"), "1.38******01E10");
}

#[test]
fn decimals_and_large_amounts_raise_no_alarm() {
    for text in [
        "13800000001.25",
        "13800000001.5",
        "13800000001.00",
        "13800000001.0元",
        "13800000001.0万元",
        "119.13800000001",
        "1.38E10",
        "1.38000E10",
        "1.3800000001E9",
        "1.3800000001E11",
        "1.3800000001E100",
        "1.3800000001E-10",
        "1.3800000001E10a",
        "21.3800000001E10",
        "1.2800000001E10",
        "1.38000000012E10",
        "0.13800000001E10",
    ] {
        told(text, &[]);
    }
}
