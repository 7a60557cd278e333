//! Pairing two lists one to one, the best pairs first.

/// A member of the key's list, the one read that answers it, and how well.
pub(super) struct Pair {
    pub(super) key: usize,
    pub(super) read: usize,
    pub(super) score: f64,
}

/// The pairs that score at all, each member once, greedily from the best.
pub(super) fn pairs(keys: usize, reads: usize, score: impl Fn(usize, usize) -> f64) -> Vec<Pair> {
    let every = (0..keys).flat_map(|key| (0..reads).map(move |read| (key, read)));
    let scored = every.map(|(key, read)| Pair { key, read, score: score(key, read) });
    let mut candidates: Vec<Pair> = scored.filter(|pair| pair.score > 0.0).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut taken: Vec<Pair> = Vec::new();
    for candidate in candidates {
        if taken.iter().all(|pair| pair.key != candidate.key && pair.read != candidate.read) {
            taken.push(candidate);
        }
    }
    taken
}

/// The sum of the best pairs' scores.
pub(super) fn credit(keys: usize, reads: usize, score: impl Fn(usize, usize) -> f64) -> f64 {
    pairs(keys, reads, score).iter().map(|pair| pair.score).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_member_is_paired_once_and_the_best_pair_wins() {
        let scores = [[0.5, 1.0], [0.0, 0.9]];
        let found = pairs(2, 2, |key, read| scores[key][read]);
        let at: Vec<(usize, usize)> = found.iter().map(|pair| (pair.key, pair.read)).collect();
        assert_eq!(at, [(0, 1)]);
    }
}
