//! When things happen: due times in the database, the one ticker, the worker.
