// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_plate.hpp"

#include "core/number_text.hpp"

#include <cmath>
#include <map>
#include <string_view>

namespace cmq::lab {
namespace {

constexpr int cycle_decimals = 3;
constexpr std::size_t plate_columns = 12;
constexpr char const* marker = "marker";
constexpr char const* control = "IPC";

/// One tube that is put into some wells.
struct Tube {
    std::string name;
    double copies = 0.0;
    double delay = 0.0; ///< cycles
    std::optional<double> stated{};
    bool is_blank = false;
};

std::vector<Tube> tubes_of(PlateSettings const& settings) {
    std::vector<Tube> tubes;
    for (double const copies : settings.standards) {
        tubes.push_back(
            {.name = "S" + std::to_string(tubes.size() + 1), .copies = copies, .stated = copies});
    }
    Tube blank{.name = "NTC", .is_blank = true};
    Tube sample{.name = settings.sample, .copies = settings.copies, .delay = settings.inhibition};
    if (settings.is_exchanged) {
        std::swap(blank.copies, sample.copies);
        std::swap(blank.delay, sample.delay);
    }
    tubes.push_back(blank);
    tubes.push_back(sample);
    return tubes;
}

std::optional<double>
draw_cycles(double copies, double delay, PlateSettings const& settings, Random& random) {
    auto const held = static_cast<double>(random.poisson(copies));
    double const noise = settings.cycle_sd * random.normal();
    if (held < 1.0) {
        return {};
    }
    double const cycles =
        settings.intercept - std::log(held) / std::log1p(settings.efficiency) + delay + noise;
    return cycles > 0.0 && cycles <= settings.last_cycle ? std::optional{cycles} : std::nullopt;
}

/// Of a standard, in digits; 0 of a control without template.
std::string amount_text(QpcrWell const& well) {
    if (!well.copies) {
        return well.is_blank ? "0" : "";
    }
    bool const is_whole = *well.copies == std::floor(*well.copies);
    return is_whole ? fixed_text(*well.copies, 0) : number_text(*well.copies);
}

std::string well_name(std::size_t number) {
    return static_cast<char>('A' + number / plate_columns % 26) +
           std::to_string(number % plate_columns + 1);
}

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (char const c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
    }
    return ~crc;
}

void add_little_endian(std::string& bytes, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
        bytes += static_cast<char>(value >> (8 * i) & 0xffU);
    }
}

/// What stands of a file both in front of it and in the directory.
std::string zip_facts(std::string const& name, std::string const& content) {
    std::string facts;
    add_little_endian(facts, 20, 2);     // version needed: 2.0
    add_little_endian(facts, 0x800, 2);  // names are UTF-8
    add_little_endian(facts, 0, 2);      // stored
    add_little_endian(facts, 0, 2);      // midnight
    add_little_endian(facts, 0x5C21, 2); // 2026-01-01: no clock enters
    add_little_endian(facts, crc32(content), 4);
    add_little_endian(facts, content.size(), 4);
    add_little_endian(facts, content.size(), 4);
    add_little_endian(facts, name.size(), 2);
    add_little_endian(facts, 0, 2);
    return facts;
}

/// A zip (PKWARE APPNOTE 6.3) of one stored file.
std::string zip_of(std::string const& name, std::string const& content) {
    std::string const facts = zip_facts(name, content);
    std::string const file = "PK\x03\x04" + facts + name + content;
    std::string directory = "PK\x01\x02";
    add_little_endian(directory, 20, 2); // made by: 2.0
    directory += facts;
    add_little_endian(directory, 0, 2); // comment
    add_little_endian(directory, 0, 2); // disk
    add_little_endian(directory, 0, 2); // kind inside
    add_little_endian(directory, 0, 4); // kind outside
    add_little_endian(directory, 0, 4); // where the file begins
    directory += name;
    std::string end = "PK\x05\x06";
    add_little_endian(end, 0, 4); // disks
    add_little_endian(end, 1, 2);
    add_little_endian(end, 1, 2);
    add_little_endian(end, directory.size(), 4);
    add_little_endian(end, file.size(), 4);
    add_little_endian(end, 0, 2); // comment
    return file + directory + end;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string sample_element(QpcrWell const& well) {
    std::string const type = well.is_blank ? "ntc" : well.copies ? "std" : "unkn";
    std::string const quantity = type == "std" ? "<quantity><value>" + amount_text(well) +
                                                     "</value><unit>cop</unit></quantity>"
                                               : "";
    return "<sample id=\"" + escaped(well.sample) + "\"><type>" + type + "</type>" + quantity +
           "</sample>\n";
}

} // namespace

QpcrTable simulate_plate(PlateSettings const& settings, Random& random) {
    QpcrTable table;
    std::size_t number = 0;
    for (Tube const& tube : tubes_of(settings)) {
        for (std::size_t w = 0; w < settings.wells; ++w) {
            QpcrWell well{.line = 0,
                          .well = well_name(number++),
                          .sample = tube.name,
                          .target = marker,
                          .cq = draw_cycles(
                              tube.copies + settings.contamination, tube.delay, settings, random),
                          .copies = tube.stated,
                          .is_blank = tube.is_blank};
            table.wells.push_back(well);
            if (!tube.stated) {
                well.target = control;
                well.cq = draw_cycles(settings.control_copies, tube.delay, settings, random);
                table.wells.push_back(well);
            }
        }
    }
    for (std::size_t i = 0; i < table.wells.size(); ++i) {
        table.wells[i].line = i + 2;
    }
    return table;
}

std::string to_qpcr_csv(QpcrTable const& table) {
    std::string csv = "Well,Sample,Target,Cq,SQ\n";
    for (QpcrWell const& well : table.wells) {
        csv += well.well + ',' + well.sample + ',' + well.target + ',' +
               (well.cq ? fixed_text(*well.cq, cycle_decimals) : "Undetermined") + ',' +
               amount_text(well) + '\n';
    }
    return csv;
}

std::string to_rdml(QpcrTable const& table) {
    std::map<std::string, std::string> samples;
    std::map<std::string, std::string> targets;
    std::vector<std::pair<std::string, std::string>> wells; // name, content, in order
    for (QpcrWell const& well : table.wells) {
        samples[well.sample] = sample_element(well);
        targets[well.target] = "<target id=\"" + escaped(well.target) +
                               "\"><type>toi</type><dyeId id=\"SYBR\"/></target>\n";
        if (wells.empty() || wells.back().first != well.well) {
            wells.emplace_back(well.well, "<sample id=\"" + escaped(well.sample) + "\"/>");
        }
        wells.back().second += "<data><tar id=\"" + escaped(well.target) + "\"/><cq>" +
                               (well.cq ? fixed_text(*well.cq, cycle_decimals) : "-1.0") +
                               "</cq></data>";
    }
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<rdml version=\"1.2\" xmlns=\"http://www.rdml.org\">\n"
                      "<dye id=\"SYBR\"/>\n";
    for (auto const& [name, element] : samples) {
        xml += element;
    }
    for (auto const& [name, element] : targets) {
        xml += element;
    }
    xml += "<experiment id=\"SIMULATED\"><run id=\"SIMULATED\"><pcrFormat><rows>8</rows>"
           "<columns>12</columns><rowLabel>ABC</rowLabel><columnLabel>123</columnLabel>"
           "</pcrFormat>\n";
    for (std::size_t i = 0; i < wells.size(); ++i) {
        xml += "<react id=\"" + std::to_string(i + 1) + "\">" + wells[i].second + "</react>\n";
    }
    return zip_of("rdml_data.xml", xml + "</run></experiment>\n</rdml>\n");
}

} // namespace cmq::lab
