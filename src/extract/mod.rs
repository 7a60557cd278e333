//! From the text of an article to claims with evidence. Pure: values in, values out.

pub mod dates;
