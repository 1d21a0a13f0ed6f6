// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A simulated plate of a quantitative PCR: copies in, cycles out.

#pragma once

#include "core/random.hpp"
#include "lab/code/qpcr_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cmq::lab {

struct PlateSettings {
    std::string sample = "SIMULATED";
    double copies = 1000.0;     ///< of the marker expected in each well of the sample
    double contamination = 0.0; ///< copies expected in every well, by the reagents
    double inhibition = 0.0;    ///< cycles by which the sample's wells come late
    bool is_exchanged = false;  ///< the sample stands in the wells of the control without template
    double efficiency = 0.95;   ///< 1: each cycle doubles
    double intercept = 38.0;    ///< cycle of one copy
    double cycle_sd = 0.15;     ///< of a well
    double last_cycle = 45.0;   ///< nothing is seen after it
    double control_copies =
        1000.0;            ///< of the internal control IPC, in every well but the standards'
    std::size_t wells = 3; ///< of the sample, of the control without template, of each standard
    std::vector<double> standards{10.0, 100.0, 1e3, 1e4, 1e5}; ///< copies
};

/// Wells of standards, controls without template (NTC) and the sample, for the targets `marker` and IPC. A well holds a
/// Poisson number n of copies; at n = 0 nothing is seen, else
///
///     Cq = intercept - log(n) / log(1 + efficiency) + inhibition + cycle_sd z,  z standard normal.
[[nodiscard]] QpcrTable simulate_plate(PlateSettings const& settings, Random& random);

/// As parse_qpcr reads it.
[[nodiscard]] std::string to_qpcr_csv(QpcrTable const& table);

/// RDML 1.2: a zip of one stored file, rdml_data.xml, which says that it is simulated.
/// Source: S. Lefever et al., Nucleic Acids Res. 37 (2009) 2065; rdml.org.
[[nodiscard]] std::string to_rdml(QpcrTable const& table);

} // namespace cmq::lab
