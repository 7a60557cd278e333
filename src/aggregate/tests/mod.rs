//! Tests of behaviour that spans several modules.
