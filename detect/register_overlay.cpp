// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "detect/register_frames.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {

std::string_view to_text(TransformModel model) noexcept {
    switch (model) {
    case TransformModel::similarity:
        return "similarity";
    case TransformModel::affine:
        return "affine";
    case TransformModel::homography:
        return "homography";
    }
    return "";
}

std::string_view to_text(RegistrationState state) noexcept {
    switch (state) {
    case RegistrationState::aligned:
        return "aligned";
    case RegistrationState::cannot_be_trusted:
        return "cannot_be_trusted";
    }
    return "";
}

std::string_view to_text(RegistrationDoubt doubt) noexcept {
    switch (doubt) {
    case RegistrationDoubt::little_structure:
        return "little_structure";
    case RegistrationDoubt::not_found:
        return "not_found";
    case RegistrationDoubt::low_correlation:
        return "low_correlation";
    case RegistrationDoubt::ambiguous:
        return "ambiguous";
    case RegistrationDoubt::tiles_disagree:
        return "tiles_disagree";
    case RegistrationDoubt::implausible:
        return "implausible";
    }
    return "";
}

Place Transform::map(Place place) const noexcept {
    auto const& m = matrix;
    double const below = m[6] * place.x + m[7] * place.y + m[8];
    return {(m[0] * place.x + m[1] * place.y + m[2]) / below,
            (m[3] * place.x + m[4] * place.y + m[5]) / below};
}

Transform Transform::inverse() const {
    auto const& m = matrix;
    std::array<double, 9> const adjugate{m[4] * m[8] - m[5] * m[7],
                                         m[2] * m[7] - m[1] * m[8],
                                         m[1] * m[5] - m[2] * m[4],
                                         m[5] * m[6] - m[3] * m[8],
                                         m[0] * m[8] - m[2] * m[6],
                                         m[2] * m[3] - m[0] * m[5],
                                         m[3] * m[7] - m[4] * m[6],
                                         m[1] * m[6] - m[0] * m[7],
                                         m[0] * m[4] - m[1] * m[3]};
    double const determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
    CMQ_EXPECTS(std::isfinite(determinant) && determinant != 0.0);
    Transform inverse;
    std::ranges::transform(adjugate, inverse.matrix.begin(), [&](double one) {
        return one / (adjugate[8] != 0.0 ? adjugate[8] : determinant);
    });
    return inverse;
}

namespace {

/// A plane's value between its photosites; at its edge the nearest.
float between(Frame const& frame, std::size_t plane, Place place) {
    auto const offset = frame.cfa.offset(static_cast<Plane>(plane));
    std::ptrdiff_t const dy = offset[0];
    std::ptrdiff_t const dx = offset[1];
    std::ptrdiff_t const height = frame.shape.height / 2;
    std::ptrdiff_t const width = frame.shape.width / 2;
    double const x =
        std::clamp(0.5 * (place.x - static_cast<double>(dx)), 0.0, static_cast<double>(width - 1));
    double const y =
        std::clamp(0.5 * (place.y - static_cast<double>(dy)), 0.0, static_cast<double>(height - 1));
    auto const column = std::min(static_cast<std::ptrdiff_t>(x), width - 2);
    auto const row = std::min(static_cast<std::ptrdiff_t>(y), height - 2);
    auto const u = static_cast<float>(x - static_cast<double>(column));
    auto const v = static_cast<float>(y - static_cast<double>(row));
    auto const at = [&](std::ptrdiff_t j, std::ptrdiff_t i) {
        return frame.value[static_cast<std::size_t>((2 * j + dy) * frame.shape.width + 2 * i + dx)];
    };
    float const upper = at(row, column) + u * (at(row, column + 1) - at(row, column));
    float const lower = at(row + 1, column) + u * (at(row + 1, column + 1) - at(row + 1, column));
    return upper + v * (lower - upper);
}

} // namespace

ResampledPicture
resample_onto(Shape reference, Frame const& moving, Transform const& to_moving, unsigned threads) {
    CMQ_EXPECTS(moving.shape.height >= 4 && moving.shape.width >= 4);
    ResampledPicture picture;
    picture.cells = {reference.height / 2, reference.width / 2};
    auto const area = static_cast<std::size_t>(picture.cells.area());
    picture.red.assign(area, 0.0F);
    picture.green.assign(area, 0.0F);
    picture.blue.assign(area, 0.0F);
    picture.is_seen.assign(area, 0);
    parallel_blocks(static_cast<std::size_t>(picture.cells.height), threads, [&](std::size_t row) {
        for (std::ptrdiff_t x = 0; x < picture.cells.width; ++x) {
            Place const place = to_moving.map(
                {2.0 * static_cast<double>(x) + 0.5, 2.0 * static_cast<double>(row) + 0.5});
            // Written so that a NaN is outside.
            if (!(place.x >= 0.0 && place.y >= 0.0 &&
                  place.x <= static_cast<double>(moving.shape.width - 1) &&
                  place.y <= static_cast<double>(moving.shape.height - 1))) {
                continue;
            }
            std::size_t const i =
                row * static_cast<std::size_t>(picture.cells.width) + static_cast<std::size_t>(x);
            picture.is_seen[i] = 1;
            picture.red[i] = between(moving, static_cast<std::size_t>(Plane::red), place);
            picture.green[i] =
                0.5F * (between(moving, static_cast<std::size_t>(Plane::green1), place) +
                        between(moving, static_cast<std::size_t>(Plane::green2), place));
            picture.blue[i] = between(moving, static_cast<std::size_t>(Plane::blue), place);
        }
    });
    return picture;
}

} // namespace cmq::detect
