//! The schedule: closings over changes of the clocks, ticks of several machines, workers.

mod closings;
mod ticks;
mod work;
