// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The pictures of a PDF, put in after Qt has written its pages.
///
/// Qt would compress each picture at zlib's usual level, which on the noise of a sensor takes most of the time of a
/// note and gains little, and would hold all of them at once. So a page is painted with one pixel in place of each
/// picture, whose colour is the picture's number; the picture itself is compressed when the file is written.

#pragma once

#include "report/document.hpp"

#include <QImage>

#include <cstddef>
#include <unordered_map>
#include <vector>

class QPDF;

namespace cmq::render {

/// Equal pictures have one number, and so stand in the file once.
class PictureList {
public:
    /// \param pixels  outlives the list
    /// \return the pixel to paint in its place
    /// \throws Error shape   as check_pixels
    /// \throws Error limits  more than 2^24 different pictures
    [[nodiscard]] QImage add(report::Pixels const& pixels);

    /// From now on add() gives the pictures themselves: nobody will put them in later.
    void keep_whole() noexcept { is_whole_ = true; }

    [[nodiscard]] std::vector<report::Pixels const*> const& pictures() const noexcept {
        return pictures_;
    }

private:
    std::vector<report::Pixels const*> pictures_;
    std::unordered_multimap<std::size_t, std::size_t> by_hash_;
    bool is_whole_ = false;
};

/// Puts the pictures in the place of their pixels, without loss.
/// \pre the pictures live until the file is written
/// \throws Error internal  a picture of the file is none of the list
void put_pictures(QPDF& pdf, PictureList const& list);

} // namespace cmq::render
