"""What each feature of a possible parent is worth, in log-odds, as learnt by `scripts/train_parents.py`."""

WEIGHTS: dict[str, float] = {
    "none": 0.0, "none_named": 0.5, "none_named_absent": 2.0, "none_number_1": 2.0, "none_opens": 1.0,
    "self": -2.0, "first_named": 3.0, "later_named": 0.5, "named_inside": -2.5,
    "self_rank_0": 1.0, "self_rank_2": -1.0, "self_rank_3": -2.0, "other_rank_0": 1.5, "other_rank_2": -1, "other_rank_3": -1.5,
    "self_gap_15s": 4.0, "self_gap_1min": 3.5, "self_gap_5min": 3.0, "self_gap_20min": 1.5, "self_gap_1h": .5, "self_gap_4h": -.5,
    "self_gap_12h": -1.5, "self_gap_1d": -2, "self_gap_3d": -3, "self_gap_14d": -4, "self_gap_more": -6,
    "self_days_0": 1.0, "self_days_1": -1, "self_days_3": -3, "self_days_14": -4, "self_days_more": -6,
    "self_previous": 1.0, "self_next": -2.0, "self_after": -2.0, "other_after": -1.0, "other_next": -1,
    "self_same_company": 2.5, "self_other_company": -3.0, "self_left_company": -1.5,
    "other_addressed_me": 1.0, "other_no_stranger": .5, "other_nobody_left": .5,
    "number_next": 6.0, "number_other": -4.0, "number_starts": -2.0, "number_skips": -1.0,
    "self_goes_on": 1.0, "self_open_end": .5, "self_opens": .5, "self_child_opens": -1.0, "self_of_retweet": -3, "other_of_retweet": -1,
    "self_same_hashtag": .3, "self_likeness": 1.0, "other_gap_14d": -1, "other_gap_more": -3, "other_days_14": -1, "other_days_more": -3,
}  # fmt: skip
