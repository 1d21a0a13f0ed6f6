# SPDX-License-Identifier: GPL-3.0-or-later
# From truth,log10_lr: how often H1 was true where LR / (1 + LR) said so, by fifths; and how often LR reached x under H2.
# The expected number and its standard deviation are those of a method that says what is so.
BEGIN { FS = "," }
NR > 1 {
    lr = 10 ^ $2
    p = lr / (1 + lr)
    f = int(5 * p)
    if (f > 4) f = 4
    n[f]++
    said[f] += p
    spread[f] += p * (1 - p)
    h1[f] += $1 == "h1"
    all_said += p
    all_spread += p * (1 - p)
    all_h1 += $1 == "h1"
    if ($1 == "h2") {
        total++
        for (x = 0; x < 3; x++) reached[x] += lr >= at[x]
    }
}
BEGIN { at[0] = 2; at[1] = 10; at[2] = 100 }
END {
    print "| probability said | cases | mean said | H1 true, expected | H1 true, counted | standard deviation |"
    print "|---|---|---|---|---|---|"
    for (f = 0; f < 5; f++)
        if (n[f]) printf "| %.1f to %.1f | %d | %.3f | %.1f | %d | %.1f |\n", f / 5, (f + 1) / 5, n[f], said[f] / n[f], said[f], h1[f], sqrt(spread[f])
    printf "| all | %d | | %.1f | %d | %.1f |\n", NR - 1, all_said, all_h1, sqrt(all_spread)
    for (x = 0; x < 3; x++) printf "LR of %d or more where H2 was true: %d of %d; at most %.1f %% in the long run\n", at[x], reached[x], total, 100 / at[x]
}
