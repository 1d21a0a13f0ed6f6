// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cell_loops.hpp"

#include "system/processor.hpp"

#include <bit>
#include <limits>

namespace cmq::detect {
namespace {

// Bodies are plain loops without sums across cells: the compiler makes vectors of them as wide as each build
// allows, and every cell gets the same operations in the same order.
#define CMQ_BODY [[gnu::always_inline]] inline

CMQ_BODY void down_body(std::array<float const*, filter_taps> const& row,
                        std::array<float, filter_taps> const& tap,
                        std::size_t width,
                        float* __restrict out) {
    float const* a = row[0];
    float const* b = row[1];
    float const* c = row[2];
    float const* d = row[3];
    float const* e = row[4];
    float const* f = row[5];
    float const* g = row[6];
    float const t0 = tap[0];
    float const t1 = tap[1];
    float const t2 = tap[2];
    float const t3 = tap[3];
    float const t4 = tap[4];
    float const t5 = tap[5];
    float const t6 = tap[6];
    for (std::size_t x = 0; x < width; ++x) {
        out[x] = ((t0 * a[x] + t1 * b[x]) + (t2 * c[x] + t3 * d[x])) +
                 ((t4 * e[x] + t5 * f[x]) + t6 * g[x]);
    }
}

CMQ_BODY void across_body(float const* __restrict in,
                          std::array<float, filter_taps> const& tap,
                          float const* __restrict scale,
                          std::size_t width,
                          float* __restrict out) {
    float const t0 = tap[0];
    float const t1 = tap[1];
    float const t2 = tap[2];
    float const t3 = tap[3];
    float const t4 = tap[4];
    float const t5 = tap[5];
    float const t6 = tap[6];
    for (std::size_t x = 0; x < width; ++x) {
        out[x] = scale[x] * (((t0 * in[x] + t1 * in[x + 1]) + (t2 * in[x + 2] + t3 * in[x + 3])) +
                             ((t4 * in[x + 4] + t5 * in[x + 5]) + t6 * in[x + 6]));
    }
}

CMQ_BODY void forms_body(GrowingForm const& form,
                         PerPlane<float const*> const& z,
                         std::size_t count,
                         float* __restrict out) {
    float const* a = z[0];
    float const* b = z[1];
    float const* c = z[2];
    float const* d = z[3];
    std::array<float, 10> const m = form.inverse;
    PerPlane<float> const along = form.along;
    float const slope = form.slope;
    auto const quadratic = [&](std::size_t x) {
        float const squares =
            (m[0] * a[x] * a[x] + m[4] * b[x] * b[x]) + (m[7] * c[x] * c[x] + m[9] * d[x] * d[x]);
        float const products = (a[x] * (m[1] * b[x] + m[2] * c[x] + m[3] * d[x]) +
                                b[x] * (m[5] * c[x] + m[6] * d[x])) +
                               m[8] * c[x] * d[x];
        return squares + 2.0F * products;
    };
    if (slope == 0.0F) {
        for (std::size_t x = 0; x < count; ++x) {
            out[x] = quadratic(x);
        }
        return;
    }
    for (std::size_t x = 0; x < count; ++x) {
        float const u = (along[0] * a[x] + along[1] * b[x]) + (along[2] * c[x] + along[3] * d[x]);
        float growth = 1.0F + slope * u;
        growth = growth < least_growth ? least_growth : growth;
        growth = growth > most_growth ? most_growth : growth;
        out[x] = quadratic(x) / growth;
    }
}

CMQ_BODY void responses_body(PerPlane<float> const& response,
                             PerPlane<float const*> const& z,
                             std::size_t count,
                             float* __restrict out) {
    float const* a = z[0];
    float const* b = z[1];
    float const* c = z[2];
    float const* d = z[3];
    PerPlane<float> const r = response;
    for (std::size_t x = 0; x < count; ++x) {
        float const t = (r[0] * a[x] + r[1] * b[x]) + (r[2] * c[x] + r[3] * d[x]);
        out[x] = t * t;
    }
}

CMQ_BODY void split_body(float const* __restrict in,
                         std::size_t count,
                         float* __restrict left,
                         float* __restrict right) {
    for (std::size_t x = 0; x < count; ++x) {
        left[x] = in[2 * x];
        right[x] = in[2 * x + 1];
    }
}

// What is left where a plane takes part: all bits or none, for a choice between floats by bytes is not made into
// vectors.
CMQ_BODY float kept(float value, std::uint8_t flags, unsigned shift) {
    auto const keep = 0U - ((static_cast<std::uint32_t>(flags) >> shift) & 1U);
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) & keep);
}

CMQ_BODY void split_above_body(float const* __restrict in,
                               std::uint8_t const* __restrict flags,
                               std::size_t count,
                               PlaneRow const& left,
                               PlaneRow const& right) {
    float const* __restrict left_level = left.level;
    float const* __restrict right_level = right.level;
    float* __restrict left_out = left.residual;
    float* __restrict right_out = right.residual;
    unsigned const left_bit = left.bit;
    unsigned const right_bit = right.bit;
    for (std::size_t x = 0; x < count; ++x) {
        left_out[x] = kept(in[2 * x] - left_level[x], flags[x], left_bit);
        right_out[x] = kept(in[2 * x + 1] - right_level[x], flags[x], right_bit);
    }
}

CMQ_BODY void pairs_body(float const* __restrict upper,
                         float const* __restrict lower,
                         std::size_t count,
                         float* __restrict out) {
    for (std::size_t x = 0; x < count; ++x) {
        out[x] = (upper[2 * x] + upper[2 * x + 1]) + (lower[2 * x] + lower[2 * x + 1]);
    }
}

CMQ_BODY void linear_body(NodeRun const* runs,
                          std::size_t count,
                          float const* nodes,
                          float const* __restrict weight,
                          float* __restrict out) {
    for (std::size_t i = 0; i < count; ++i) {
        float const from = nodes[runs[i].first + 1];
        float const rise = nodes[runs[i].first + 2] - from;
        std::size_t const end = runs[i].end;
        for (std::size_t x = runs[i].begin; x < end; ++x) {
            out[x] = from + weight[x] * rise;
        }
    }
}

CMQ_BODY void cubic_body(NodeRun const* runs,
                         std::size_t count,
                         float const* nodes,
                         std::array<float const*, 4> const& weight,
                         float* __restrict out) {
    float const* __restrict w0 = weight[0];
    float const* __restrict w1 = weight[1];
    float const* __restrict w2 = weight[2];
    float const* __restrict w3 = weight[3];
    for (std::size_t i = 0; i < count; ++i) {
        float const* n = nodes + runs[i].first;
        float const n0 = n[0];
        float const n1 = n[1];
        float const n2 = n[2];
        float const n3 = n[3];
        std::size_t const end = runs[i].end;
        for (std::size_t x = runs[i].begin; x < end; ++x) {
            out[x] = (w0[x] * n0 + w1[x] * n1) + (w2[x] * n2 + w3[x] * n3);
        }
    }
}

CMQ_BODY void subtract_body(float const* __restrict level,
                            std::uint8_t const* __restrict flags,
                            unsigned shift,
                            std::size_t count,
                            float* __restrict residual) {
    for (std::size_t x = 0; x < count; ++x) {
        residual[x] = kept(residual[x] - level[x], flags[x], shift);
    }
}

CMQ_BODY bool any_beyond_body(float const* __restrict value, std::size_t count, float limit) {
    std::uint32_t any = 0;
    for (std::size_t i = 0; i < count; ++i) {
        any |= value[i] >= limit ? 1U : 0U;
        any |= value[i] <= -limit ? 1U : 0U;
    }
    return any != 0;
}

CMQ_BODY bool measurable_body(float const* __restrict value,
                              float const* __restrict variance,
                              std::size_t count) {
    constexpr float most = std::numeric_limits<float>::max();
    std::uint32_t good = 1;
    for (std::size_t x = 0; x < count; ++x) {
        good &= value[x] <= most ? 1U : 0U;
        good &= value[x] >= -most ? 1U : 0U;
        good &= variance[x] > 0.0F ? 1U : 0U;
        good &= variance[x] <= most ? 1U : 0U;
    }
    return good != 0;
}

CMQ_BODY void bends_body(float const* __restrict value,
                         std::ptrdiff_t pitch,
                         std::size_t count,
                         float* __restrict out) {
    float const* left = value - 1;
    float const* right = value + 1;
    float const* above = value - pitch;
    float const* below = value + pitch;
    for (std::size_t x = 0; x < count; ++x) {
        float const in_row = value[x] - 0.5F * (left[x] + right[x]);
        float const in_column = value[x] - 0.5F * (above[x] + below[x]);
        float const lower = in_row < in_column ? in_row : in_column;
        float const upper = in_row < in_column ? in_column : in_row;
        out[x] = lower > -upper ? lower : -upper;
    }
}

CMQ_BODY std::size_t
reaching_body(float const* value, std::size_t count, float least, std::uint32_t* places) {
    constexpr std::size_t stretch = 32; // candidates are rare: look closer only where one stands
    std::size_t found = 0;
    std::size_t i = 0;
    for (; i + stretch <= count; i += stretch) {
        std::uint32_t any = 0;
        for (std::size_t k = 0; k < stretch; ++k) {
            any |= value[i + k] >= least ? 1U : 0U;
        }
        if (any != 0) {
            for (std::size_t k = 0; k < stretch; ++k) {
                places[found] = static_cast<std::uint32_t>(i + k);
                found += value[i + k] >= least ? 1U : 0U;
            }
        }
    }
    for (; i < count; ++i) {
        if (value[i] >= least) {
            places[found++] = static_cast<std::uint32_t>(i);
        }
    }
    return found;
}

// The same bodies, built for one kind of processor each.
// NOLINTBEGIN(bugprone-macro-parentheses): an attribute cannot stand in parentheses
#define CMQ_CELL_LOOPS(name, attribute)                                                            \
    struct name {                                                                                  \
        attribute static void down(std::array<float const*, filter_taps> const& row,               \
                                   std::array<float, filter_taps> const& tap,                      \
                                   std::size_t width,                                              \
                                   float* out) {                                                   \
            down_body(row, tap, width, out);                                                       \
        }                                                                                          \
        attribute static void across(float const* in,                                              \
                                     std::array<float, filter_taps> const& tap,                    \
                                     float const* scale,                                           \
                                     std::size_t width,                                            \
                                     float* out) {                                                 \
            across_body(in, tap, scale, width, out);                                               \
        }                                                                                          \
        attribute static void forms(GrowingForm const& form,                                       \
                                    PerPlane<float const*> const& z,                               \
                                    std::size_t count,                                             \
                                    float* out) {                                                  \
            forms_body(form, z, count, out);                                                       \
        }                                                                                          \
        attribute static void responses(PerPlane<float> const& response,                           \
                                        PerPlane<float const*> const& z,                           \
                                        std::size_t count,                                         \
                                        float* out) {                                              \
            responses_body(response, z, count, out);                                               \
        }                                                                                          \
        attribute static std::size_t                                                               \
        reaching(float const* value, std::size_t count, float least, std::uint32_t* places) {      \
            return reaching_body(value, count, least, places);                                     \
        }                                                                                          \
        attribute static void                                                                      \
        split(float const* in, std::size_t count, float* left, float* right) {                     \
            split_body(in, count, left, right);                                                    \
        }                                                                                          \
        attribute static void split_above(float const* in,                                         \
                                          std::uint8_t const* flags,                               \
                                          std::size_t count,                                       \
                                          PlaneRow const& left,                                    \
                                          PlaneRow const& right) {                                 \
            split_above_body(in, flags, count, left, right);                                       \
        }                                                                                          \
        attribute static void                                                                      \
        pairs(float const* upper, float const* lower, std::size_t count, float* out) {             \
            pairs_body(upper, lower, count, out);                                                  \
        }                                                                                          \
        attribute static void linear(NodeRun const* runs,                                          \
                                     std::size_t count,                                            \
                                     float const* nodes,                                           \
                                     float const* weight,                                          \
                                     float* out) {                                                 \
            linear_body(runs, count, nodes, weight, out);                                          \
        }                                                                                          \
        attribute static void cubic(NodeRun const* runs,                                           \
                                    std::size_t count,                                             \
                                    float const* nodes,                                            \
                                    std::array<float const*, 4> const& weight,                     \
                                    float* out) {                                                  \
            cubic_body(runs, count, nodes, weight, out);                                           \
        }                                                                                          \
        attribute static void subtract(float const* level,                                         \
                                       std::uint8_t const* flags,                                  \
                                       unsigned bit,                                               \
                                       std::size_t count,                                          \
                                       float* residual) {                                          \
            subtract_body(level, flags, bit, count, residual);                                     \
        }                                                                                          \
        attribute static bool                                                                      \
        measurable(float const* value, float const* variance, std::size_t count) {                 \
            return measurable_body(value, variance, count);                                        \
        }                                                                                          \
        attribute static bool any_beyond(float const* value, std::size_t count, float limit) {     \
            return any_beyond_body(value, count, limit);                                           \
        }                                                                                          \
        attribute static void                                                                      \
        bends(float const* value, std::ptrdiff_t pitch, std::size_t count, float* out) {           \
            bends_body(value, pitch, count, out);                                                  \
        }                                                                                          \
        static constexpr CellLoops table{down,                                                     \
                                         across,                                                   \
                                         forms,                                                    \
                                         responses,                                                \
                                         reaching,                                                 \
                                         split,                                                    \
                                         split_above,                                              \
                                         pairs,                                                    \
                                         linear,                                                   \
                                         cubic,                                                    \
                                         subtract,                                                 \
                                         measurable,                                               \
                                         any_beyond,                                               \
                                         bends};                                                   \
    }

// NOLINTEND(bugprone-macro-parentheses)
CMQ_CELL_LOOPS(AnyProcessor, );
CMQ_CELL_LOOPS(WithAvx2, CMQ_AVX2);

} // namespace

CellLoops const& cell_loops() noexcept {
    return loops_for_this_processor<AnyProcessor, WithAvx2>();
}

} // namespace cmq::detect
