//! One message to one address: built, handed to a transport, its outcome told. The sending loop is `pipeline`'s.
