// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/pdf.hpp"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace cmq::render {

namespace {

[[noreturn]] void refuse_form() {
    throw Error{ErrorKind::internal,
                {"Qt a écrit un PDF d’une autre forme que celle que ce programme connaît",
                 "Qt wrote a PDF of another form than this program knows"}};
}

std::size_t find_or_refuse(std::string const& text, std::string_view what, std::size_t from = 0) {
    auto const at = text.find(what, from);
    if (at == std::string::npos) {
        refuse_form();
    }
    return at;
}

/// The number at a place of the text, 10 digits or fewer.
std::size_t number_at(std::string const& text, std::size_t at) {
    std::size_t value = 0;
    auto const [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc{}) {
        refuse_form();
    }
    return value;
}

/// Adds to the offsets of all objects behind a place, and to that of the table of objects itself.
void shift_objects(std::string& pdf, std::size_t behind, std::ptrdiff_t by) {
    auto const moved = [by](std::size_t offset) {
        return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(offset) + by);
    };
    std::size_t const table = pdf.rfind("\nxref\n");
    if (table == std::string::npos) {
        refuse_form();
    }
    constexpr std::size_t digits = 10; // ISO 32000-1, 7.5.4: an entry takes 20 bytes
    constexpr std::size_t entry = 20;
    std::size_t at = find_or_refuse(pdf, "\n", table + 6) + 1; // past "0 <count>"
    for (; pdf.compare(at, 7, "trailer") != 0; at += entry) {
        std::size_t const offset = number_at(pdf, at);
        if (pdf.at(at + digits + 7) == 'n' && offset > behind) {
            std::string const text = std::to_string(moved(offset));
            pdf.replace(at, digits, std::string(digits - text.size(), '0') + text);
        }
    }
    std::size_t const start = find_or_refuse(pdf, "startxref\n", at) + 10;
    std::size_t const end = find_or_refuse(pdf, "\n", start);
    pdf.replace(start, end - start, std::to_string(table + 1));
}

/// The clock's date, whose length depends on the time zone, by that of the document, or by nothing.
void set_date(std::string& pdf, report::Document const& document) {
    std::size_t const at = find_or_refuse(pdf, "/CreationDate (D:");
    std::size_t const end = find_or_refuse(pdf, ")", at) + 1;
    std::string const date =
        document.date.empty() ? "" : "/CreationDate (D:" + date_digits(document.date) + "000000Z)";
    auto const by =
        static_cast<std::ptrdiff_t>(date.size()) - static_cast<std::ptrdiff_t>(end - at);
    pdf.replace(at, end - at, date);
    shift_objects(pdf, at, by);
}

/// Of the file with zeros in its place.
void set_identifier(std::string& pdf) {
    std::size_t const trailer = pdf.rfind("trailer\n");
    if (trailer == std::string::npos) {
        refuse_form();
    }
    constexpr std::size_t digits = 32;
    std::size_t const first = find_or_refuse(pdf, "/ID [ <", trailer) + 7;
    std::size_t const second = find_or_refuse(pdf, "> <", first) + 3;
    if (second != first + digits + 3) {
        refuse_form();
    }
    pdf.replace(first, digits, std::string(digits, '0'));
    pdf.replace(second, digits, std::string(digits, '0'));
    QByteArray const hash =
        QCryptographicHash::hash(QByteArray{pdf.data(), static_cast<qsizetype>(pdf.size())},
                                 QCryptographicHash::Sha256)
            .toHex();
    pdf.replace(first, digits, hash.constData(), digits);
    pdf.replace(second, digits, hash.constData(), digits);
}

} // namespace

std::vector<std::byte> finish_by_hand(std::vector<std::byte> const& bytes,
                                      report::Document const& document) {
    std::string pdf{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    set_date(pdf, document);
    set_identifier(pdf);
    auto const* first = reinterpret_cast<std::byte const*>(pdf.data());
    return {first, first + pdf.size()};
}

} // namespace cmq::render
