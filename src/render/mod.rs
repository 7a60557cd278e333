//! From a situation to HTML, text and JSON. Pure: values in, values out.
