//! From claims to events, and from events to the situation a digest tells. Pure: values in, values out.
