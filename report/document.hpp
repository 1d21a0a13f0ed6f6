// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The document model: what a note says, before it becomes a PDF or a page of HTML.
///
/// All text is final here: translated, rounded, with its typography (no-break spaces, quotation
/// marks). Writers lay it out and never change, add or round anything. All text is UTF-8, plain: a
/// writer escapes what its format needs, so a name from a case file cannot become markup.

#pragma once

#include "core/language.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cmq::report {

using cmq::Language;

enum class TextStyle : std::uint8_t {
    normal,
    bold,
    mono, ///< hashes, file names, commands: never hyphenated, never with ligatures
};

struct Run {
    std::string text;
    TextStyle style = TextStyle::normal;
};

using Text = std::vector<Run>;

struct Heading {
    int level = 1; ///< 1 to 3; the document's title is not a heading
    std::string text;
    std::string anchor; ///< unique ASCII identifier: link target, bookmark
};

enum class ParagraphStyle : std::uint8_t {
    body,
    answer,  ///< the answer to the question, set apart at the top
    warning, ///< what must not be missed: not reviewed, demonstration, data missing
    note,    ///< smaller
};

struct Paragraph {
    Text text;
    ParagraphStyle style = ParagraphStyle::body;
};

struct List {
    std::vector<Text> items;
    bool numbered = false;
};

enum class Alignment : std::uint8_t { left, right };

struct TableColumn {
    std::string heading;
    Alignment alignment = Alignment::left;
    double weight = 1.0; ///< share of the width, relative to the other columns
};

struct TableBlock {
    std::string caption;
    std::vector<TableColumn> columns;
    std::vector<std::vector<Text>>
        rows; ///< each as long as columns; a row is never split over pages
    bool first_column_names_row = true; ///< its cells are the headers of their rows
};

/// 8-bit picture, rows from the top, 3 bytes (red, green, blue) a pixel.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb; ///< width * height * 3
};

/// A ring drawn around something in a picture, in pixels of that picture.
struct Mark {
    double x = 0.0; ///< centre of the top-left pixel = 0
    double y = 0.0;
    double radius = 0.0;
    std::string label;
    bool ring = true; ///< else only the label, beside a ring of that radius that is not drawn
};

struct ScaleBar {
    double length_pixels = 0.0;
    std::string label; ///< "10 mm", or "100 px" when the scale of the picture is not known
};

struct Picture {
    Pixels pixels;
    std::vector<Mark> marks;
    std::optional<ScaleBar> scale_bar;
    std::string title;   ///< short, above: "Image non traitée"
    std::string caption; ///< what it shows and the processing that was applied
    std::string alt;     ///< what a reader who cannot see it must know
};

/// One picture, or two side by side (untouched and marked); kept together with the captions.
struct PictureRow {
    std::vector<Picture> pictures;
};

/// Likelihood ratios as points with their sensitivity range on a log10 axis, 1 in the middle.
struct RangeChart {
    struct Row {
        std::string label;
        double log10_value = 0.0;
        double log10_low = 0.0;
        double log10_high = 0.0;
        bool has_range = true;
        std::string text;      ///< the printed value, beside the bar
        bool has_value = true; ///< else the text stands alone
        bool is_open = false;  ///< drawn hollow: nothing follows from the value
    };

    std::vector<Row> rows;
    std::string left_label; ///< what lies left of 1: "soutient Hd plutôt que Hp"
    std::string right_label;
    double log10_open = 0.0; ///< from its inverse to it nothing is decided, shaded; 0: no such part
    double log10_edge = 0.0; ///< what lies beyond is drawn there; 0: the axis holds all values
};

/// How far the value moves when one parameter is moved, largest first (tornado).
struct TornadoChart {
    struct Row {
        std::string label;
        double log10_at_low = 0.0;
        double log10_at_high = 0.0;
        std::string low_text; ///< the parameter's low value with its unit
        std::string high_text;
    };

    double log10_centre = 0.0;
    std::vector<Row> rows;
};

/// Curves of log10 of the likelihood ratio over a quantity.
struct CurveChart {
    struct Series {
        std::string label;
        std::vector<double> x;
        std::vector<double> y; ///< log10 of the likelihood ratio
    };

    std::vector<Series> series;
    bool x_is_log = false; ///< axis drawn in log10; x itself is not transformed
};

/// Ways that something may have taken: places in boxes, joined by lines that bear the numbers of what happened.
struct NetworkChart {
    struct Node {
        std::string label;
        std::size_t layer = 0;    ///< column: sources in the first, places after what reaches them
        bool is_source = false;   ///< round corners
        bool is_examined = false; ///< thick border
        std::vector<std::size_t> changes = {}; ///< numbers of what happens to it alone
    };

    enum class Line : std::uint8_t { delivery, contact, contamination }; ///< solid, dashed, dotted

    struct Arrow {
        std::size_t from = 0; ///< places in nodes
        std::size_t to = 0;
        std::size_t number = 0; ///< that of its step
        Line line = Line::delivery;
        bool both_ways = false;
    };

    struct Step {
        std::size_t number = 0; ///< from 1, rising
        std::string text;
    };

    struct Key {
        Line line = Line::delivery;
        std::string text;
    };

    std::vector<Node> nodes;
    std::vector<Arrow> arrows;
    std::vector<Step> steps; ///< printed under the drawing
    std::vector<Key> keys;   ///< what each kind of line means
};

/// A labelled place on an axis, in the units of the data (log10 for likelihood ratios).
struct Tick {
    double at = 0.0;
    std::string text; ///< "1/100", "5 min"
};

struct Chart {
    std::variant<RangeChart, TornadoChart, CurveChart, NetworkChart> content;
    std::string title;
    std::string x_label;
    std::string y_label;
    std::string caption;
    std::string alt;
    std::vector<Tick> x_ticks; ///< rising; the first and last are the ends of the axis
    std::vector<Tick> y_ticks; ///< CurveChart only; the other two name their rows
    bool show_numbers = false; ///< print them under the chart, too
    TableBlock numbers;        ///< what the chart shows, as text: for writers that cannot draw
};

struct PageBreak {};

/// The headings of level 1 with their pages, each a link to its section. Writers without pages leave it out, or have
/// their own.
struct Contents {
    std::string title;
};

using Block =
    std::variant<Heading, Paragraph, List, TableBlock, PictureRow, Chart, PageBreak, Contents>;

/// A file that a PDF carries inside, for programs. Writers of other formats leave it out.
struct Attachment {
    std::string name; ///< ASCII letters, digits, full stop, hyphen: fixed, never from a case file
    std::string media_type; ///< "application/json"
    std::string description;
    std::string bytes;
};

struct Document {
    Language language = Language::french;
    std::string title;
    std::string subtitle;
    std::string subject;    ///< one line, for the file's metadata
    std::string author;     ///< "" when none is named
    std::string identifier; ///< the case's id, on each page
    std::string date;    ///< ISO 8601 date of the note, or "": the case file's, never the clock's
    std::string program; ///< "Contremarque 0.1.0"
    std::vector<std::string>
        banners;            ///< on top of every page: "DÉMONSTRATION …", "calcul non relu …"
    std::string page_label; ///< "page {page} sur {pages}", filled in by the writer
    std::vector<Block> blocks;
    std::vector<Attachment> attachments;
    std::size_t most_pages =
        0; ///< letters are set smaller, down to 75 %, to keep to it; 0: any number
};

} // namespace cmq::report
