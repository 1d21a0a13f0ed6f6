// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The tree of a tagged PDF: what each thing on a page is, in the order in which it is read aloud.

#pragma once

#include "render/pdf_pictures.hpp"

#include <QPdfWriter>
#include <QRectF>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

class QPainter;

namespace cmq::render {

/// Roles of ISO 32000-1, 14.8.4, as far as documents here need them.
enum class Role : std::uint8_t {
    document,
    division,
    h1,
    h2,
    h3,
    h4,
    paragraph,
    list_bulleted,
    list_numbered,
    list_item,
    list_label,
    list_body,
    table,
    table_row,
    column_header,
    row_header,
    cell,
    caption,
    figure,
    contents,
    contents_item,
    link,
};

struct Element {
    Role role = Role::document;
    std::size_t parent = 0;
    std::string alt = {};              ///< of figures and links, for one who cannot see them
    std::string target = {};           ///< links: the anchor of a heading
    std::optional<std::size_t> page{}; ///< of box, from 0
    QRectF box = {};                   ///< figures and links: painter units from the page's corner
};

/// Painter units on a page, and points as PDF counts them.
struct PageScale {
    double height_pt = 842.0;
    double units_per_pt = 10.0;
};

/// Where a heading stands.
struct Anchor {
    std::size_t page = 0;
    double y = 0.0; ///< painter units from the top of the page
};

/// Grows while blocks become pieces; boxes and anchors are added while pages are painted.
class Structure {
public:
    Structure() : elements_{{}} {}

    /// \return the id of a new last child of `parent`; 0 is the document itself
    std::size_t add(Role role, std::size_t parent = 0, std::string alt = {});
    /// \param words  what a reader who cannot see it is told of its target
    std::size_t add_link(std::size_t parent, std::string target, std::string words);

    /// The role of a heading of this level (1 to 3) after those before it. No level is skipped: what a document leaves
    /// out counts as the next one.
    [[nodiscard]] Role heading_role(int level);

    /// Where pieces are painted from now on, counted from 0.
    void start_page(std::size_t page) { page_ = page; }

    /// The place of a figure or link on the page that is painted.
    void place(std::size_t id, QRectF const& box);

    /// Pages of the headings, known before the first page is painted.
    void place_anchor(std::string const& name, Anchor anchor) { anchors_[name] = anchor; }

    [[nodiscard]] std::map<std::string, Anchor> const& anchors() const noexcept { return anchors_; }

    [[nodiscard]] std::vector<Element> const& elements() const noexcept { return elements_; }

    /// Pictures of the document, which finish_pdf puts in.
    [[nodiscard]] PictureList& pictures() noexcept { return pictures_; }

    [[nodiscard]] PictureList const& pictures() const noexcept { return pictures_; }

private:
    std::vector<Element> elements_;
    PictureList pictures_;
    std::map<std::string, Anchor> anchors_;
    std::size_t page_ = 0;
    int heading_level_ = 0;
};

/// A file from which nobody takes marks: none are drawn.
class UnmarkedPdf : public QPdfWriter {
public:
    using QPdfWriter::QPdfWriter;
};

/// What is painted during its life belongs to the element; never two at a time. Outside of all of them things are
/// decoration (an artifact), which is not read aloud: rules, fills, banners, page numbers.
///
/// A mark is a rectangle far off the page, which the PDF engine writes as one line that no other drawing can give;
/// finish_pdf turns it into an operator of marked content. On any other device it is not seen.
class Marked {
public:
    Marked(QPainter& painter, std::size_t id);
    ~Marked();
    Marked(Marked const&) = delete;
    Marked& operator=(Marked const&) = delete;
    Marked(Marked&&) = delete;
    Marked& operator=(Marked&&) = delete;

private:
    QPainter& painter_;
};

/// Where the marks are drawn: x = mark_origin ends an element, mark_origin - 1 - id begins one.
inline constexpr double mark_origin = -7'000'000.0;

} // namespace cmq::render
