"""Likelihood ratios of known truth: see README.md."""
import math
import random

random.seed(2026)
print("truth,lr,group")
for i in range(200):
    h1 = i < 100
    ln_lr = 1.4 * ((2.0 if h1 else -2.0) + 2.0 * random.gauss(0.0, 1.0))
    print(f"{'h1' if h1 else 'h2'},{math.exp(ln_lr):.4g},person {i % 50 + 1}")
