// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Places spread over the frame where the filtered noise is kept for limit_flux. Internal.

#pragma once

#include "detect/border_leak.hpp"
#include "detect/detect_traces.hpp"
#include "detect/matched_filter.hpp"

#include <vector>

namespace cmq::detect {

class LimitSites {
public:
    /// Chooses up to 24 x 24 places whose patch is good and outside the traces known so far.
    LimitSites(Cells const& cells, Mesh const& mesh, Background const& background);

    void add_scale(std::size_t scale,
                   Level const& level,
                   Kernel const& kernel,
                   Cfa const& cfa,
                   std::vector<SignificanceForm> const& forms,
                   BorderLeaks const& leaks);

    /// Those whose patch touches no cell with a label.
    [[nodiscard]] std::vector<LimitSite> outside(std::vector<std::int32_t> const& label) const;

private:
    struct Place {
        std::ptrdiff_t y;
        std::ptrdiff_t x;
        std::array<double, 2> phase; // (y, x) of a droplet from the middle of the cell
        LimitSite site;
    };

    Cells const& cells_;
    Mesh const& mesh_;
    Background const& background_;
    std::vector<Place> places_;
};

} // namespace cmq::detect
