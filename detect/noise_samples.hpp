// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Filtered noise, as its covariance is measured on it. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/matched_filter.hpp"
#include "detect/sample_loops.hpp"

#include <algorithm>
#include <vector>

namespace cmq::detect {

/// z of one block, plane after plane.
struct NoiseSamples {
    std::vector<float> values;
    std::size_t room = 0; // for each plane
    std::size_t count = 0;

    void add(PerPlane<float> const& z) {
        if (count == room) {
            make_room();
        }
        for (std::size_t p = 0; p < plane_count; ++p) {
            values[p * room + count] = z[p];
        }
        ++count;
    }

    [[nodiscard]] SampleRows rows() const {
        return {values.data(),
                values.data() + room,
                values.data() + 2 * room,
                values.data() + 3 * room};
    }

    [[nodiscard]] PerPlane<float> at(std::size_t i) const {
        return {values[i], values[room + i], values[2 * room + i], values[3 * room + i]};
    }

private:
    void make_room() {
        std::size_t const more = 3 * room / 2 + 80; // a block of 32 x 32 has some 64
        std::vector<float> wider(plane_count * more);
        for (std::size_t p = 0; p < plane_count; ++p) {
            std::copy_n(values.data() + p * room, count, wider.data() + p * more);
        }
        values = std::move(wider);
        room = more;
    }
};

/// z at a jittered grid of a level's places, by block: of places with data in all planes, outside traces.
[[nodiscard]] std::vector<NoiseSamples> take_noise_samples(Cells const& cells,
                                                           Level const& level,
                                                           Kernel const& kernel,
                                                           Background const& background,
                                                           Cfa const& cfa,
                                                           unsigned threads);

} // namespace cmq::detect
