// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/code_scanner.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace cmq::lab {
namespace {

constexpr std::size_t vector_bytes = 32;
constexpr std::size_t base_kinds = 5; // the last fits nothing

template <class Lane>
constexpr std::size_t lanes = vector_bytes / sizeof(Lane);

using Bases = std::span<std::uint8_t const>;

/// The lengths of the codes of one group; 1 in lanes without a code.
template <class Lane>
struct Group {
    Lane const* masks; ///< [base][lane]
    std::uint8_t const* lengths;
    std::size_t count; ///< lanes with a code
    std::uint16_t* distances;
};

template <class Lane>
struct Scan {
    std::span<Lane const> masks;
    std::span<std::uint8_t const> lengths;
    Bases text;
    CodeEnds ends;
    std::uint16_t* distances;
};

/// `pair` groups of codes down the text at once: the steps of one wait for each other, those of two do not.
/// Included into functions of different instruction sets.
template <class Lane, CodeEnds ends, std::size_t pair>
[[gnu::always_inline]] inline void scan_groups_at(Scan<Lane> const& scan, std::size_t first) {
    using Vector [[gnu::vector_size(vector_bytes)]] = Lane;
    std::size_t const count = std::min(pair * lanes<Lane>, scan.lengths.size() - first);
    Lane const* const masks = scan.masks.data() + first * base_kinds;
    // Plain arrays: std::array of vectors draws a warning on each use.
    Vector high[pair]{};  // NOLINT(modernize-avoid-c-arrays)
    Vector score[pair]{}; // NOLINT(modernize-avoid-c-arrays)
    for (std::size_t i = 0; i < count; ++i) {
        unsigned const length = scan.lengths[first + i];
        high[i / lanes<Lane>][i % lanes<Lane>] = static_cast<Lane>(Lane{1} << (length - 1U));
        score[i / lanes<Lane>][i % lanes<Lane>] = static_cast<Lane>(length);
    }
    Vector const edge = Vector{} + (ends == CodeEnds::whole ? Lane{1} : Lane{0});
    Vector up[pair];     // vertical differences of +1 // NOLINT(modernize-avoid-c-arrays)
    Vector down[pair]{}; // and of -1 // NOLINT(modernize-avoid-c-arrays)
    Vector best[pair];   // NOLINT(modernize-avoid-c-arrays)
    for (std::size_t g = 0; g < pair; ++g) {
        up[g] = ~Vector{};
        best[g] = score[g];
    }
    for (std::uint8_t const base : scan.text) {
        for (std::size_t g = 0; g < pair; ++g) {
            Vector equal;
            std::memcpy(&equal, masks + (g * base_kinds + base) * lanes<Lane>, sizeof equal);
            Vector const vertical = equal | down[g];
            Vector const horizontal = (((equal & up[g]) + up[g]) ^ up[g]) | equal;
            Vector rise = down[g] | ~(horizontal | up[g]);
            Vector fall = up[g] & horizontal;
            if constexpr (ends == CodeEnds::anywhere) {
                // A comparison that holds is all ones, -1.
                score[g] += ((fall & high[g]) != 0) - ((rise & high[g]) != 0);
                best[g] = score[g] < best[g] ? score[g] : best[g];
            }
            rise = (rise << 1U) | edge;
            fall = fall << 1U;
            up[g] = fall | ~(vertical | rise);
            down[g] = rise & vertical;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const g = i / lanes<Lane>;
        std::size_t const lane = i % lanes<Lane>;
        if constexpr (ends == CodeEnds::anywhere) {
            scan.distances[first + i] = static_cast<std::uint16_t>(best[g][lane]);
        } else {
            Lane const below = static_cast<Lane>(high[g][lane] | (high[g][lane] - 1U));
            int const start = ends == CodeEnds::whole ? static_cast<int>(scan.text.size()) : 0;
            scan.distances[first + i] = static_cast<std::uint16_t>(
                start + std::popcount(static_cast<Lane>(up[g][lane] & below)) -
                std::popcount(static_cast<Lane>(down[g][lane] & below)));
        }
    }
}

template <class Lane, CodeEnds ends>
[[gnu::always_inline]] inline void scan_groups(Scan<Lane> const& scan) {
    std::size_t first = 0;
    for (; first + lanes<Lane> < scan.lengths.size(); first += 2 * lanes<Lane>) {
        scan_groups_at<Lane, ends, 2>(scan, first);
    }
    if (first < scan.lengths.size()) {
        scan_groups_at<Lane, ends, 1>(scan, first);
    }
}

template <class Lane>
[[gnu::always_inline]] inline void scan_by_ends(Scan<Lane> const& scan) {
    switch (scan.ends) {
    case CodeEnds::whole:
        return scan_groups<Lane, CodeEnds::whole>(scan);
    case CodeEnds::at_end:
        return scan_groups<Lane, CodeEnds::at_end>(scan);
    case CodeEnds::anywhere:
        return scan_groups<Lane, CodeEnds::anywhere>(scan);
    }
}

#if defined(__x86_64__)
template <class Lane>
[[gnu::target("avx2,popcnt")]] void scan_avx2(Scan<Lane> const& scan) {
    scan_by_ends(scan);
}
#endif

template <class Lane>
void scan_plain(Scan<Lane> const& scan) {
    scan_by_ends(scan);
}

template <class Lane>
void scan_all(Scan<Lane> const& scan) {
#if defined(__x86_64__)
    static bool const has_avx2 =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
    if (has_avx2) {
        scan_avx2(scan);
        return;
    }
#endif
    scan_plain(scan);
}

} // namespace

template <class Lane>
void CodeScanner::fill(std::vector<Lane>& masks, std::span<std::string const> codes) const {
    std::size_t const groups = (codes.size() + lanes<Lane> - 1) / lanes<Lane>;
    masks.assign(groups * base_kinds * lanes<Lane>, 0);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        Lane* const group = masks.data() + i / lanes<Lane> * base_kinds * lanes<Lane>;
        for (std::size_t at = 0; at < codes[i].size(); ++at) {
            group[base_number(codes[i][at]) * lanes<Lane> + i % lanes<Lane>] |=
                static_cast<Lane>(Lane{1} << at);
        }
    }
}

CodeScanner::CodeScanner(std::span<std::string const> codes) {
    CMQ_EXPECTS(!codes.empty());
    for (std::string const& code : codes) {
        CMQ_EXPECTS(is_sequence(code) && code.size() <= longest_scanned_code);
        lengths_.push_back(static_cast<std::uint8_t>(code.size()));
    }
    is_short_ = std::ranges::max(lengths_) <= 32;
    if (is_short_) {
        fill(masks32_, codes);
    } else {
        fill(masks64_, codes);
    }
}

void CodeScanner::measure(std::span<std::uint8_t const> bases,
                          CodeEnds ends,
                          std::vector<std::uint16_t>& distances) const {
    CMQ_EXPECTS(bases.size() <= 65'000);
    distances.resize(lengths_.size());
    if (is_short_) {
        scan_all<std::uint32_t>({masks32_, lengths_, bases, ends, distances.data()});
    } else {
        scan_all<std::uint64_t>({masks64_, lengths_, bases, ends, distances.data()});
    }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace cmq::lab
