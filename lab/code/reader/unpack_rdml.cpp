// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/reader/unpack_rdml.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <vector>
#include <zip.h>

namespace cmq::lab {
namespace {

constexpr zip_uint64_t most_bytes = zip_uint64_t{256} << 20U;

struct Discard {
    void operator()(zip_t* archive) const noexcept { ::zip_discard(archive); }

    void operator()(zip_file_t* file) const noexcept { static_cast<void>(::zip_fclose(file)); }
};

/// The first file of the archive whose name ends with .xml; empty where there is none.
std::string xml_of(std::span<char const> bytes) {
    zip_error_t error;
    ::zip_error_init(&error);
    zip_source_t* const source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) {
        return "";
    }
    std::unique_ptr<zip_t, Discard> const archive{
        ::zip_open_from_source(source, ZIP_RDONLY, &error)};
    if (!archive) {
        ::zip_source_free(source);
        return "";
    }
    for (zip_int64_t i = 0; i < ::zip_get_num_entries(archive.get(), 0); ++i) {
        auto const index = static_cast<zip_uint64_t>(i);
        zip_stat_t about;
        ::zip_stat_init(&about);
        if (::zip_stat_index(archive.get(), index, 0, &about) != 0 ||
            (about.valid & ZIP_STAT_NAME) == 0 || (about.valid & ZIP_STAT_SIZE) == 0 ||
            about.size > most_bytes || !std::string_view{about.name}.ends_with(".xml")) {
            continue;
        }
        std::unique_ptr<zip_file_t, Discard> const file{::zip_fopen_index(archive.get(), index, 0)};
        std::string text(about.size, '\0');
        if (file && ::zip_fread(file.get(), text.data(), text.size()) ==
                        static_cast<zip_int64_t>(text.size())) {
            return text;
        }
        return "";
    }
    return "";
}

/// A cell; what would break the table is left out.
std::string cell(std::string_view text) {
    std::string quoted = "\"";
    for (char const c : text.substr(0, 500)) {
        quoted += c == '"' ? "'" : static_cast<unsigned char>(c) < 0x20 ? " " : std::string{c};
    }
    return quoted + '"';
}

/// "B3" of a plate; the number itself where the file does not say how wells are named.
std::string well_name(pugi::xml_node const& run, std::string const& id) {
    int const columns = run.child("pcrFormat").child("columns").text().as_int();
    bool const has_letters =
        std::strcmp(run.child("pcrFormat").child_value("rowLabel"), "ABC") == 0;
    int const number = static_cast<int>(std::strtol(id.c_str(), nullptr, 10));
    if (columns < 1 || number < 1 || !has_letters || (number - 1) / columns > 25) {
        return id;
    }
    return static_cast<char>('A' + (number - 1) / columns) +
           std::to_string((number - 1) % columns + 1);
}

std::string amount_of(pugi::xml_node const& sample) {
    std::string amount;
    for (pugi::xml_node const& type : sample.children("type")) {
        std::string_view const kind = type.child_value();
        if (kind == "ntc" || kind == "nac" || kind == "ntp") {
            return "0";
        }
        auto const quantity = sample.child("quantity");
        if (kind == "std" && std::strcmp(quantity.child_value("unit"), "cop") == 0) {
            amount = quantity.child_value("value");
        }
    }
    return amount;
}

std::string cycles_of(pugi::xml_node const& data) {
    char const* const text = data.child_value("cq");
    char* end = nullptr;
    double const cycles = std::strtod(text, &end);
    return end != text && std::isfinite(cycles) && cycles <= 0.0 ? "" : text;
}

} // namespace

ReaderStatus unpack_rdml(std::span<char const> bytes, TextSink const& sink) {
    std::string const xml = xml_of(bytes);
    pugi::xml_document document;
    if (xml.empty() || !document.load_buffer(xml.data(), xml.size())) {
        return ReaderStatus::broken;
    }
    pugi::xml_node const rdml = document.child("rdml");
    std::map<std::string, std::string> amounts;
    for (pugi::xml_node const& sample : rdml.children("sample")) {
        amounts[sample.attribute("id").value()] = amount_of(sample);
    }
    std::string table = "Well,Sample,Target,Cq,SQ\n";
    for (pugi::xml_node const& experiment : rdml.children("experiment")) {
        for (pugi::xml_node const& run : experiment.children("run")) {
            for (pugi::xml_node const& react : run.children("react")) {
                std::string const sample = react.child("sample").attribute("id").value();
                for (pugi::xml_node const& data : react.children("data")) {
                    table += cell(well_name(run, react.attribute("id").value())) + ',' +
                             cell(sample) + ',' + cell(data.child("tar").attribute("id").value()) +
                             ',' + cell(cycles_of(data)) + ',' + cell(amounts[sample]) + '\n';
                }
            }
        }
    }
    return rdml && sink(table) ? ReaderStatus::done : ReaderStatus::broken;
}

} // namespace cmq::lab
