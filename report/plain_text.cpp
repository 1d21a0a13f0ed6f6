// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/plain_text.hpp"

#include "report/typography.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

class PlainTextWriter {
public:
    explicit PlainTextWriter(Document const& document) : document_{document} {}

    [[nodiscard]] std::string write() {
        for (std::string const& banner : document_.banners) {
            line("*** " + banner + " ***");
        }
        line(document_.title);
        if (!document_.subtitle.empty()) {
            line(document_.subtitle);
        }
        for (Block const& block : document_.blocks) {
            std::visit(*this, block);
        }
        return std::move(out_);
    }

    void operator()(Heading const& heading) {
        out_ += '\n' + heading.text + '\n';
        if (heading.level < 3) {
            out_ += std::string(8, heading.level == 1 ? '=' : '-') + '\n';
        }
    }

    void operator()(Paragraph const& paragraph) { line('\n' + flat(paragraph.text)); }

    void operator()(List const& list) {
        out_ += '\n';
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            line((list.numbered ? std::to_string(i + 1) + ". " : "- ") + flat(list.items[i]));
        }
    }

    void operator()(TableBlock const& table) {
        line('\n' + table.caption);
        std::string const colon =
            document_.language == Language::french ? std::string{no_break_space} + ": " : ": ";
        for (auto const& row : table.rows) {
            out_ += '\n';
            for (std::size_t i = 0; i < row.size(); ++i) {
                line(table.columns[i].heading + colon + flat(row[i]));
            }
        }
    }

    void operator()(PictureRow const& row) {
        for (Picture const& picture : row.pictures) {
            line("\n[" + picture.alt + "] " + picture.caption);
        }
    }

    void operator()(Chart const& chart) {
        line('\n' + chart.title);
        (*this)(chart.numbers);
    }

    void operator()(PageBreak const& /*block*/) { out_ += '\n'; }

    void operator()(Contents const& /*block*/) {} // text has no pages

private:
    static std::string flat(Text const& text) {
        std::string out;
        for (Run const& run : text) {
            out += run.text;
        }
        return out;
    }

    void line(std::string const& text) { out_ += text + '\n'; }

    Document const& document_;
    std::string out_;
};

} // namespace

std::string to_plain_text(Document const& document) {
    return PlainTextWriter{document}.write();
}

} // namespace cmq::report
