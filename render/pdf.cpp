// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/pdf.hpp"

#include "core/error.hpp"
#include "render/block_pieces.hpp"
#include "render/convert.hpp"
#include "render/text_block.hpp"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <array>
#include <memory>

namespace cmq::render {

namespace {

// A4 in points; QPageSize rounds it to these.
constexpr double a4_width_pt = 595.0;
constexpr double a4_height_pt = 842.0;
constexpr double margin_x = 62.0 * pt;
constexpr double margin_top = 48.0 * pt;
constexpr double margin_bottom = 62.0 * pt;

// The page in painter units. A finer resolution makes a unit, and so everything on the page, smaller.
struct Sheet {
    int resolution = units_per_inch;

    [[nodiscard]] double scale() const {
        return static_cast<double>(resolution) / static_cast<double>(units_per_inch);
    }

    [[nodiscard]] double width() const { return a4_width_pt * pt * scale(); }

    [[nodiscard]] double height() const { return a4_height_pt * pt * scale(); }

    [[nodiscard]] double footer_top() const { return height() - 44.0 * pt; }
};

constexpr double banner_padding = 4.0 * pt;
constexpr double banner_gap = 16.0 * pt;

struct Frame {
    Sheet sheet;
    std::vector<TextBlock> banners;
    double banner_height = 0.0; ///< with the gap under them
    Column column;
};

Frame make_frame(report::Document const& document, Sheet const& sheet) {
    Frame frame;
    frame.sheet = sheet;
    frame.column = {.left = margin_x, .width = sheet.width() - 2.0 * margin_x};
    for (auto const& text : document.banners) {
        frame.banners.emplace_back(
            text,
            TextLook{.font = {.family = Family::sans, .size_pt = 8.6, .bold = true},
                     .colour = colour::warning,
                     .alignment = Qt::AlignHCenter,
                     .leading = 1.3},
            frame.column.width - 16.0 * pt);
        frame.banner_height += frame.banners.back().height();
    }
    frame.banner_height += frame.banners.empty() ? 0.0 : 2.0 * banner_padding + pt + banner_gap;
    frame.column.height = sheet.height() - margin_top - frame.banner_height - margin_bottom;
    if (frame.column.height < sheet.height() / 3.0) {
        throw Error{ErrorKind::limits,
                    {"les bandeaux laissent moins d’un tiers de chaque page",
                     "the banners leave less than a third of each page"}};
    }
    return frame;
}

struct ToPieces {
    report::Document const& document;
    Column column;
    Structure& structure;

    std::vector<Piece> operator()(report::PageBreak const& /*unused*/) const {
        return {{.new_page = true, .paint = [](QPainter&, double) {}}};
    }

    std::vector<Piece> operator()(report::Chart const& chart) const {
        return to_pieces(chart, document.language, column, structure);
    }

    std::vector<Piece> operator()(report::Contents const& contents) const {
        return contents_pieces(contents, document, column, structure);
    }

    template <typename Block>
    std::vector<Piece> operator()(Block const& block) const {
        return to_pieces(block, column, structure);
    }
};

bool is_set_apart(report::Block const& block) {
    auto const* paragraph = std::get_if<report::Paragraph>(&block);
    return std::holds_alternative<report::TableBlock>(block) ||
           std::holds_alternative<report::PictureRow>(block) ||
           std::holds_alternative<report::Chart>(block) ||
           (paragraph != nullptr && (paragraph->style == report::ParagraphStyle::answer ||
                                     paragraph->style == report::ParagraphStyle::warning));
}

std::vector<Piece>
all_pieces(report::Document const& document, Column const& column, Structure& structure) {
    std::vector<Piece> pieces = title_pieces(document, column, structure);
    ToPieces const to_pieces{.document = document, .column = column, .structure = structure};
    bool after_set_apart = false;
    bool after_paragraph = false;
    for (auto const& block : document.blocks) {
        auto next = std::visit(to_pieces, block);
        if (after_paragraph && std::holds_alternative<report::List>(block) && !pieces.empty()) {
            pieces.back().keep_with_next = true; // what announces a list
        }
        after_paragraph = std::holds_alternative<report::Paragraph>(block);
        if (!next.empty() && after_set_apart) {
            next.front().space_before = std::max(next.front().space_before, 12.0 * pt);
        }
        after_set_apart = is_set_apart(block);
        pieces.insert(pieces.end(),
                      std::make_move_iterator(next.begin()),
                      std::make_move_iterator(next.end()));
    }
    return pieces;
}

void replace_all(std::string& text, std::string_view what, std::string const& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

class PagePainter {
public:
    PagePainter(QPainter& painter, report::Document const& document, Frame const& frame)
        : painter_{painter}
        , document_{document}
        , frame_{frame} {}

    void paint(Page const& page, std::size_t number, std::size_t pages) {
        paint_banners();
        for (auto const& placed : page) {
            placed.piece->paint(painter_, body_top() + placed.y);
        }
        paint_footer(number, pages);
    }

    [[nodiscard]] double body_top() const { return margin_top + frame_.banner_height; }

private:
    void paint_banners() {
        if (frame_.banners.empty()) {
            return;
        }
        QRectF const box{
            frame_.column.left, margin_top, frame_.column.width, frame_.banner_height - banner_gap};
        painter_.fillRect(box, colour::warning_fill);
        painter_.fillRect(QRectF{box.left(), box.top(), box.width(), 15.0}, colour::warning);
        double y = box.top() + banner_padding + pt;
        for (auto const& banner : frame_.banners) {
            banner.paint(painter_, {box.left() + 8.0 * pt, y});
            y += banner.height();
        }
    }

    void paint_footer(std::size_t number, std::size_t pages) {
        painter_.fillRect(QRectF{margin_x, frame_.sheet.footer_top(), frame_.column.width, 4.0},
                          colour::rule);
        std::string left = document_.identifier;
        for (auto const* part : {&document_.date, &document_.program}) {
            left += (left.empty() || part->empty() ? "" : "  ·  ") + *part;
        }
        std::string right = document_.page_label;
        replace_all(right, "{pages}", std::to_string(pages));
        replace_all(right, "{page}", std::to_string(number));
        TextLook look{.font = {.family = Family::sans, .size_pt = 8.0}, .colour = colour::grey};
        double const y = frame_.sheet.footer_top() + 5.0 * pt;
        double const half = frame_.column.width * 0.72;
        TextBlock const left_block{left, look, half};
        left_block.paint(painter_, {margin_x, y}, 0, 2);
        look.alignment = Qt::AlignRight;
        TextBlock const right_block{right, look, frame_.column.width - half};
        right_block.paint(painter_, {margin_x + half, y}, 0, 2);
    }

    QPainter& painter_;
    report::Document const& document_;
    Frame const& frame_;
};

std::vector<PlacedBookmark>
to_bookmarks(std::vector<Page> const& pages, double body_top, Sheet const& sheet) {
    std::vector<PlacedBookmark> bookmarks;
    for (std::size_t page = 0; page < pages.size(); ++page) {
        for (auto const& placed : pages[page]) {
            if (placed.piece->bookmark != nullptr) {
                bookmarks.push_back(
                    {.level = placed.piece->bookmark->level,
                     .title = placed.piece->bookmark->title,
                     .page = page,
                     .top_pt = a4_height_pt - (body_top + placed.y) / (pt * sheet.scale()) + 6.0});
            }
        }
    }
    return bookmarks;
}

void place_anchors(std::vector<Page> const& pages, double body_top, Structure& structure) {
    for (std::size_t page = 0; page < pages.size(); ++page) {
        for (auto const& placed : pages[page]) {
            if (placed.piece->bookmark != nullptr && !placed.piece->bookmark->anchor.empty()) {
                structure.place_anchor(placed.piece->bookmark->anchor,
                                       {.page = page, .y = body_top + placed.y});
            }
        }
    }
}

void check_heights(std::vector<Piece> const& pieces, double height) {
    for (auto const& piece : pieces) {
        if (piece.height > height) {
            throw Error{ErrorKind::limits,
                        {"l’en-tête d’un tableau du document est plus haut qu’une page",
                         "the header of a table of the document is taller than a page"}};
        }
    }
}

// A document laid out on pages; pages point into pieces.
struct Layout {
    Frame frame;
    Structure structure;
    std::vector<Piece> pieces;
    std::vector<Page> pages;
};

std::unique_ptr<Layout>
lay_out(report::Document const& document, Sheet const& sheet, PdfForm form) {
    auto layout = std::make_unique<Layout>();
    if (form == PdfForm::by_hand) {
        layout->structure.pictures().keep_whole();
    }
    layout->frame = make_frame(document, sheet);
    layout->pieces = all_pieces(document, layout->frame.column, layout->structure);
    check_heights(layout->pieces, layout->frame.column.height);
    layout->pages = to_pages(layout->pieces, layout->frame.column.height);
    return layout;
}

// As large as the document's number of pages allows.
std::unique_ptr<Layout> lay_out(report::Document const& document, PdfForm form) {
    constexpr std::array resolutions{
        720, 752, 784, 816, 848, 900, 960}; // 100 % to 75 % of the size
    for (int const resolution : resolutions) {
        auto layout = lay_out(document, Sheet{.resolution = resolution}, form);
        if (document.most_pages == 0 || layout->pages.size() <= document.most_pages) {
            return layout;
        }
    }
    throw Error{ErrorKind::limits,
                {"le document « {} » ne tient pas en {} page(s)",
                 "the document \"{}\" does not fit on {} page(s)"},
                document.title,
                document.most_pages};
}

std::unique_ptr<QPdfWriter>
make_writer(QBuffer& buffer, report::Document const& document, PdfForm form) {
    std::unique_ptr<QPdfWriter> writer;
    if (form == PdfForm::by_hand) {
        writer = std::make_unique<UnmarkedPdf>(&buffer);
        std::string const xmp = xmp_packet(document, form);
        writer->setDocumentXmpMetadata(QByteArray{xmp.data(), static_cast<qsizetype>(xmp.size())});
    } else {
        writer = std::make_unique<QPdfWriter>(&buffer);
    }
    writer->setPdfVersion(QPagedPaintDevice::PdfVersion_A1b);
    writer->setPageSize(QPageSize{QPageSize::A4});
    writer->setPageMargins({0.0, 0.0, 0.0, 0.0});
    writer->setTitle(to_qstring(document.title));
    writer->setCreator(to_qstring(document.program));
    return writer;
}

} // namespace

std::vector<std::byte> to_pdf(report::Document const& document, PdfForm asked) {
    PdfForm const form = has_qpdf() ? asked : PdfForm::by_hand;
    auto const layout = lay_out(document, form);
    Sheet const& sheet = layout->frame.sheet;
    QByteArray bytes;
    QBuffer buffer{&bytes};
    buffer.open(QIODevice::WriteOnly);
    double body_top = 0.0;
    {
        auto const writer = make_writer(buffer, document, form);
        writer->setResolution(sheet.resolution);
        QPainter painter{writer.get()};
        painter.setRenderHint(QPainter::LosslessImageRendering);
        painter.setRenderHint(QPainter::Antialiasing);
        PagePainter page_painter{painter, document, layout->frame};
        body_top = page_painter.body_top();
        place_anchors(layout->pages, body_top, layout->structure);
        for (std::size_t i = 0; i < layout->pages.size(); ++i) {
            if (i > 0) {
                writer->newPage();
            }
            layout->structure.start_page(i);
            page_painter.paint(layout->pages[i], i + 1, layout->pages.size());
        }
    }
    auto const bookmarks = to_bookmarks(layout->pages, body_top, sheet);
    // Their lines take as much memory as the pictures of the file, which come now.
    layout->pages = {};
    layout->pieces = {};
    auto const* data = reinterpret_cast<std::byte const*>(bytes.constData());
    if (form == PdfForm::by_hand) {
        return finish_by_hand({data, data + bytes.size()}, document);
    }
    return finish_pdf({data, data + bytes.size()},
                      document,
                      bookmarks,
                      layout->structure,
                      {.height_pt = a4_height_pt, .units_per_pt = pt * sheet.scale()},
                      form);
}

} // namespace cmq::render
