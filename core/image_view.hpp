// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A borrowed, read-or-write window on pixels laid out row by row.

#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <span>

namespace cmq {

/// Height, then width, as in image(y, x): the order of every loop and every file in the project.
struct Shape {
    std::ptrdiff_t height{};
    std::ptrdiff_t width{};

    friend bool operator==(Shape, Shape) = default;

    [[nodiscard]] std::ptrdiff_t area() const noexcept { return height * width; }
};

/// Does not own its pixels: whoever made it keeps the buffer alive. Cheap to copy, pass by value.
template <class Pixel>
class ImageView {
public:
    /// \pre pitch >= shape.width, and the buffer holds shape.height rows of pitch pixels.
    ImageView(Pixel* first, Shape shape, std::ptrdiff_t pitch)
        : first_{first}
        , shape_{shape}
        , pitch_{pitch} {
        CMQ_EXPECTS(shape.height >= 0 && shape.width >= 0 && pitch >= shape.width);
    }

    [[nodiscard]] Shape shape() const noexcept { return shape_; }

    [[nodiscard]] std::span<Pixel> row(std::ptrdiff_t y) const {
        CMQ_EXPECTS(y >= 0 && y < shape_.height);
        return {first_ + y * pitch_, static_cast<std::size_t>(shape_.width)};
    }

private:
    Pixel* first_;
    Shape shape_;
    std::ptrdiff_t pitch_;
};

} // namespace cmq
