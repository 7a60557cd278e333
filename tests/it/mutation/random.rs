//! Random numbers from a seed.

/// `SplitMix64`: the same seed gives the same numbers on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 where there is none.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap().max(1);
        usize::try_from(self.next() % bound).unwrap()
    }

    /// True once in `n` times.
    pub(super) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of several.
    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A character from any of the scripts that reports hold, or from anywhere.
    pub(super) fn char(&mut self) -> char {
        let (first, count) = *self.of(&[
            (0x20_u32, 0x5f_usize),
            (0xa0, 0x160),
            (0x300, 0x70),
            (0x400, 0x100),
            (0x600, 0x100),
            (0x2000, 0x70),
            (0x1f300, 0x200),
            (0, 0x11_0000),
        ]);
        let code = first + u32::try_from(self.below(count)).unwrap();
        char::from_u32(code).unwrap_or('\u{fffd}')
    }
}
