// SPDX-License-Identifier: GPL-3.0-or-later

// Black and noise of the one real file with a masked border, by what read_capture uses and once more by other
// formulas written here. It rests on that one file.

#include "capture/decode.hpp"
#include "capture/make_frame.hpp"
#include "capture/noise_blocks.hpp"
#include "capture/read_capture.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <numeric>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::capture;

std::filesystem::path const d30{CMQ_SOURCE_DIR "/../shared/data/raw/Canon_EOS_D30.CRW"};

/// One plane of the masked columns at the left, row by row.
using Rows = std::vector<std::vector<double>>;

Rows masked_rows(ImageView<std::uint16_t const> raw,
                 Area const& area,
                 Cfa const& cfa,
                 Plane plane) {
    Rows rows;
    for (std::ptrdiff_t y = area.top; y < area.bottom; ++y) {
        std::vector<double> row;
        for (std::ptrdiff_t x = area.left; x < area.right; ++x) {
            if (cfa.at(y, x) == plane) {
                row.push_back(raw.row(y)[static_cast<std::size_t>(x)]);
            }
        }
        if (!row.empty()) {
            rows.push_back(row);
        }
    }
    return rows;
}

struct Value {
    double value = 0;
    double sigma = 0;
};

/// Leaves out one of 40 bands of rows at a time.
Value jackknife(Rows const& rows, std::function<double(Rows const&)> const& estimate) {
    constexpr std::size_t bands = 40;
    std::vector<double> parts;
    for (std::size_t band = 0; band < bands; ++band) {
        Rows some;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i * bands / rows.size() != band) {
                some.push_back(rows[i]);
            }
        }
        parts.push_back(estimate(some));
    }
    double const mean = std::accumulate(parts.begin(), parts.end(), 0.0) / bands;
    double squares = 0;
    for (double const part : parts) {
        squares += (part - mean) * (part - mean);
    }
    return {estimate(rows), std::sqrt(squares * (bands - 1) / bands)};
}

/// Mean of the middle half of all values: hot photosites do not reach it, and nothing is cut off by a limit.
double middle_mean(Rows const& rows) {
    std::vector<double> all;
    for (auto const& row : rows) {
        all.insert(all.end(), row.begin(), row.end());
    }
    std::ranges::sort(all);
    auto const quarter = static_cast<std::ptrdiff_t>(all.size() / 4);
    return std::accumulate(all.begin() + quarter, all.end() - quarter, 0.0) /
           static_cast<double>(all.size() - 2 * static_cast<std::size_t>(quarter));
}

/// Noise of single photosites from neighbours in a row, which share its shift: half the mean square of differences,
/// of those that no hot photosite has a part in (30 DN are more than four of their standard deviations).
double neighbour_noise(Rows const& rows) {
    double squares = 0;
    double count = 0;
    for (auto const& row : rows) {
        for (std::size_t i = 1; i < row.size(); ++i) {
            double const step = row[i] - row[i - 1];
            if (std::abs(step) < 30.0) {
                squares += step * step;
                count += 1;
            }
        }
    }
    return std::sqrt(0.5 * squares / count);
}

/// With the shift of rows: the variance of their means, less what single photosites add to it.
double whole_noise(Rows const& rows) {
    double const single = neighbour_noise(rows);
    std::vector<double> means;
    for (auto row : rows) {
        std::erase_if(row, [&](double value) { return std::abs(value - 128.5) > 30.0; });
        means.push_back(std::accumulate(row.begin(), row.end(), 0.0) /
                        static_cast<double>(row.size()));
    }
    auto const n = static_cast<double>(means.size());
    double const mean = std::accumulate(means.begin(), means.end(), 0.0) / n;
    double squares = 0;
    for (double const one : means) {
        squares += (one - mean) * (one - mean);
    }
    double const shift = squares / (n - 1) - single * single / static_cast<double>(rows[0].size());
    return std::sqrt(single * single + std::max(shift, 0.0));
}

Value block_noise(Frame const& frame, Plane plane) {
    std::vector<double> variances;
    for (NoiseBlock const& block : measure_noise_blocks(frame, plane, 1)) {
        variances.push_back(static_cast<double>(block.variance));
    }
    auto const n = static_cast<double>(variances.size());
    double const mean = std::accumulate(variances.begin(), variances.end(), 0.0) / n;
    double squares = 0;
    for (double const one : variances) {
        squares += (one - mean) * (one - mean);
    }
    double const root = std::sqrt(mean);
    return {root, std::sqrt(squares / (n - 1) / n) / (2.0 * root)};
}

TEST(MaskedBorder, OfTheD30GivesBlackAndNoiseByOtherFormulasToo) {
    if (!std::filesystem::exists(d30)) {
        GTEST_SKIP() << "the D30 file is not there";
    }
    ReadSettings const settings{.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
    auto const bytes = read_file(d30);
    Capture const capture = to_capture(bytes, "D30", settings);
    ASSERT_EQ(capture.black_origin, BlackOrigin::masked_photosites);
    Decoded const decoded = decode(bytes, settings);
    auto const [top, left, bottom, right] = decoded.answer.masked[0];
    Area const border{top, left, bottom, right};
    ASSERT_GT(border.shape().width, 40);
    Cfa const raw_cfa = shift_cfa(capture.frame.cfa, capture.top_margin, capture.left_margin);

    // The border as a frame of its own, for the finest coefficients of blocks of 8 x 8.
    Levels levels{.black_dn = capture.frame.black_dn, .black_dn_sigma = {}, .saturation = {}};
    levels.saturation.fill(4095);
    Frame frame = make_frame(decoded.plane(), border, raw_cfa, levels, NoiseModel{}, 1);
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        frame.mask[i] = std::abs(frame.value[i]) > 30.0F ? mask_bit::hot : 0; // six deviations
    }

    for (std::size_t p = 0; p < plane_count; ++p) {
        Rows const rows = masked_rows(decoded.plane(), border, raw_cfa, static_cast<Plane>(p));
        Value const black = jackknife(rows, middle_mean);
        // 95 % intervals of both: twice their standard uncertainties together.
        EXPECT_NEAR(capture.frame.black_dn[p],
                    black.value,
                    2.0 * std::hypot(capture.frame.black_dn_sigma[p], black.sigma))
            << p;
        Value const single = jackknife(rows, neighbour_noise);
        Value const blocks = block_noise(frame, static_cast<Plane>(p));
        EXPECT_NEAR(blocks.value, single.value, 2.0 * std::hypot(blocks.sigma, single.sigma)) << p;
        // What read_capture states for the border holds the shift of rows too.
        Value const all = jackknife(rows, whole_noise);
        EXPECT_NEAR(capture.masked_sd_dn[p], all.value, 2.0 * all.sigma) << p;
        RecordProperty("plane" + std::to_string(p),
                       number_text(capture.frame.black_dn[p]) + ' ' +
                           number_text(capture.frame.black_dn_sigma[p]) + ' ' +
                           number_text(black.value) + ' ' + number_text(black.sigma) + ' ' +
                           number_text(blocks.value) + ' ' + number_text(blocks.sigma) + ' ' +
                           number_text(single.value) + ' ' + number_text(single.sigma) + ' ' +
                           number_text(capture.masked_sd_dn[p]) + ' ' + number_text(all.value) +
                           ' ' + number_text(all.sigma));
    }
}

} // namespace
