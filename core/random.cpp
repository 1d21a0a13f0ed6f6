// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/random.hpp"

#include "core/error.hpp"

#include <Random123/philox.h>

#include <cmath>

namespace cmq {

Random::Random(std::uint64_t seed, std::uint32_t task, std::uint64_t draw) noexcept
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}
    , name_{task, static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32U)} {}

void Random::refill() noexcept {
    r123::Philox4x32::ctr_type const counter{{position_, name_[0], name_[1], name_[2]}};
    r123::Philox4x32::key_type const key{{key_[0], key_[1]}};
    auto const block = r123::Philox4x32{}(counter, key);
    buffer_ = {block[0], block[1], block[2], block[3]};
    ++position_;
    used_ = 0;
}

std::uint32_t Random::bits32() noexcept {
    if (used_ == 4) {
        refill();
    }
    return buffer_[used_++];
}

std::uint64_t Random::bits64() noexcept {
    std::uint64_t const low = bits32();
    return low | (static_cast<std::uint64_t>(bits32()) << 32U);
}

double Random::uniform() noexcept {
    // Half a step up keeps 0 and 1 out.
    return (static_cast<double>(bits64() >> 12U) + 0.5) * 0x1p-52;
}

double Random::normal() noexcept {
    for (;;) {
        double const u = 2.0 * uniform() - 1.0;
        double const v = 2.0 * uniform() - 1.0;
        double const s = u * u + v * v;
        if (s < 1.0 && s > 0.0) {
            return u * std::sqrt(-2.0 * std::log(s) / s);
        }
    }
}

double Random::gamma(double shape) noexcept {
    return std::exp(log_gamma_variate(shape));
}

double Random::log_gamma_variate(double shape) noexcept {
    CMQ_EXPECTS(shape > 0.0);
    double const boost = shape < 1.0 ? std::log(uniform()) / shape : 0.0;
    double const d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0;
    double const c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        double const x = normal();
        double const base = 1.0 + c * x;
        if (base <= 0.0) {
            continue;
        }
        double const v = base * base * base;
        if (std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            return std::log(d * v) + boost;
        }
    }
}

double Random::beta(double a, double b) noexcept {
    double const log_x = log_gamma_variate(a);
    double const log_y = log_gamma_variate(b);
    return 1.0 / (1.0 + std::exp(log_y - log_x));
}

std::uint64_t Random::poisson(double mean) noexcept {
    CMQ_EXPECTS(mean >= 0.0 && std::isfinite(mean));
    if (mean < 10.0) {
        double const limit = std::exp(-mean);
        std::uint64_t k = 0;
        double product = uniform();
        while (product > limit) {
            product *= uniform();
            ++k;
        }
        return k;
    }
    double const b = 0.931 + 2.53 * std::sqrt(mean);
    double const a = -0.059 + 0.02483 * b;
    double const inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double const v_r = 0.9277 - 3.6224 / (b - 2.0);
    double const log_mean = std::log(mean);
    for (;;) {
        double const u = uniform() - 0.5;
        double const v = uniform();
        double const us = 0.5 - std::abs(u);
        double const k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) {
            return static_cast<std::uint64_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        if (std::log(v * inverse_alpha / (a / (us * us) + b)) <=
            k * log_mean - mean - std::lgamma(k + 1.0)) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

std::size_t Random::categorical(std::span<double const> weights) noexcept {
    double total = 0.0;
    for (double const weight : weights) {
        CMQ_EXPECTS(weight >= 0.0);
        total += weight;
    }
    CMQ_EXPECTS(total > 0.0);
    double left = uniform() * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > 0.0) {
            last = i;
            if (left < weights[i]) {
                return i;
            }
            left -= weights[i];
        }
    }
    return last; // rounding used up the total
}

} // namespace cmq
