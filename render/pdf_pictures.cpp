// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/pdf_pictures.hpp"

#include "core/error.hpp"
#include "render/picture.hpp"

#include <QColor>

#include <optional>
#include <string_view>

namespace cmq::render {

namespace {

constexpr std::size_t most_pictures = std::size_t{1} << 24U;

} // namespace

QImage PictureList::add(report::Pixels const& pixels) {
    check_pixels(pixels);
    if (is_whole_) { // shares the pixels, which outlive the list
        return QImage{pixels.rgb.data(),
                      pixels.width,
                      pixels.height,
                      3 * pixels.width,
                      QImage::Format_RGB888};
    }
    auto const hash = std::hash<std::string_view>{}(
        {reinterpret_cast<char const*>(pixels.rgb.data()), pixels.rgb.size()});
    std::optional<std::size_t> number;
    auto const [first, last] = by_hash_.equal_range(hash);
    for (auto each = first; each != last && !number; ++each) {
        report::Pixels const& other = *pictures_[each->second];
        if (other.width == pixels.width && other.height == pixels.height &&
            other.rgb == pixels.rgb) {
            number = each->second;
        }
    }
    if (!number) {
        if (pictures_.size() == most_pictures) {
            throw Error{
                ErrorKind::limits,
                {"le document compte plus de {} images", "the document has more than {} pictures"},
                most_pictures};
        }
        number = pictures_.size();
        pictures_.push_back(&pixels);
        by_hash_.emplace(hash, *number);
    }
    QImage pixel{1, 1, QImage::Format_RGB888};
    pixel.fill(QColor{static_cast<int>(*number >> 16U),
                      static_cast<int>((*number >> 8U) & 255U),
                      static_cast<int>(*number & 255U)});
    return pixel;
}

} // namespace cmq::render
