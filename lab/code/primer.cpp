// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/primer.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"

#include <limits>

namespace cmq::lab {
namespace {

/// One column of the bit-parallel comparison after the other.
class PrimerColumn {
public:
    PrimerColumn(std::array<std::uint64_t, 5> const& masks, std::size_t length) noexcept
        : masks_{masks}
        , last_{static_cast<unsigned>(length - 1)}
        , distance_{length} {}

    std::size_t step(std::uint8_t base) noexcept {
        std::uint64_t const equal = masks_[base];
        std::uint64_t const vertical = equal | down_;
        std::uint64_t const horizontal = (((equal & up_) + up_) ^ up_) | equal;
        std::uint64_t const rise = down_ | ~(horizontal | up_);
        std::uint64_t const fall = up_ & horizontal;
        distance_ = distance_ + ((rise >> last_) & 1U) - ((fall >> last_) & 1U);
        up_ = (fall << 1U) | ~(vertical | (rise << 1U));
        down_ = (rise << 1U) & vertical;
        return distance_;
    }

private:
    std::array<std::uint64_t, 5> const& masks_;
    unsigned last_;
    std::size_t distance_;
    std::uint64_t up_ = ~std::uint64_t{0};
    std::uint64_t down_ = 0;
};

} // namespace

Primer::Primer(std::string_view sequence) : length_{sequence.size()} {
    CMQ_EXPECTS(length_ <= 64 && (length_ == 0 || is_sequence(sequence)));
    for (std::size_t i = 0; i < length_; ++i) {
        masks_[base_number(sequence[i])] |= std::uint64_t{1} << i;
        turned_[base_number(sequence[i])] |= std::uint64_t{1} << (length_ - 1 - i);
    }
}

Primer::Place Primer::find_end(BaseSpan text) const noexcept {
    Place best{.distance = std::numeric_limits<std::size_t>::max(), .edge = 0};
    if (length_ == 0) {
        return best;
    }
    PrimerColumn column{masks_, length_};
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::size_t const distance = column.step(text[i]);
        if (distance < best.distance) {
            best = {distance, i + 1};
        }
    }
    return best;
}

Primer::Place Primer::find_begin(BaseSpan text) const noexcept {
    Place best{.distance = std::numeric_limits<std::size_t>::max(), .edge = 0};
    if (length_ == 0) {
        return best;
    }
    PrimerColumn column{turned_, length_};
    for (std::size_t i = text.size(); i-- > 0;) {
        std::size_t const distance = column.step(text[i]);
        if (distance < best.distance || (distance == best.distance && i + 1 == best.edge)) {
            best = {distance, i};
        }
    }
    return best;
}

FoundPrimers find_primers(Primer const& forward, Primer const& reverse, BaseSpan bases) noexcept {
    FoundPrimers found{.forward = forward.find_end(bases), .reverse = reverse.find_begin(bases)};
    if (found.forward.distance > forward.most_edits()) {
        found.forward.distance = FoundPrimers::none;
    }
    if (found.reverse.distance > reverse.most_edits()) {
        found.reverse.distance = FoundPrimers::none;
    }
    if (found.has_forward() && found.has_reverse() && found.forward.edge > found.reverse.edge) {
        // They overlap: the worse one is chance.
        auto& worse =
            found.forward.distance > found.reverse.distance ? found.forward : found.reverse;
        worse.distance = FoundPrimers::none;
    }
    return found;
}

} // namespace cmq::lab
