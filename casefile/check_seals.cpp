// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_tables.hpp"

#include <map>
#include <string>
#include <string_view>

namespace cmq::casefile {
namespace {

/// Dates in ISO 8601 compare as texts.
void expect_after(Fields const& seal,
                  std::string_view later,
                  std::string_view earlier,
                  Problems& problems) {
    std::string const first = seal.text(earlier);
    std::string const second = seal.text(later);
    if (!first.empty() && !second.empty() && second < first) {
        problems.add(ErrorKind::format,
                     seal.place_of(later),
                     {"attendu : un jour qui ne précède pas {} ({}), trouvé {}",
                      "expected a day that is not before {} ({}), found {}"},
                     earlier,
                     first,
                     second);
    }
}

void expect_opened(Fields const& seal, Problems& problems) {
    if ((seal.has("resealed_on") || seal.has("resealed_as")) && !seal.has("opened_on")) {
        problems.add(ErrorKind::format,
                     seal.place_of(seal.has("resealed_on") ? "resealed_on" : "resealed_as"),
                     {"un scellé reconstitué a été ouvert : indiquer opened_on",
                      "what was re-sealed was opened: state opened_on"});
    }
}

} // namespace

void check_seals(Fields const& file, Problems& problems) {
    std::map<std::string, int> lines;
    for (Fields const& seal : file.tables("seal")) {
        expect_after(seal, "opened_on", "sealed_on", problems);
        expect_after(seal, "resealed_on", "opened_on", problems);
        expect_opened(seal, problems);
        for (std::string_view const key : {"number", "resealed_as"}) {
            std::string const number = seal.text(key);
            if (number.empty()) {
                continue;
            }
            auto const [first, is_new] = lines.try_emplace(number, seal.place_of(key).line);
            // What was re-sealed may keep its number.
            bool const is_kept = key == "resealed_as" && number == seal.text("number");
            if (!is_new && !is_kept) {
                problems.add(ErrorKind::format,
                             seal.place_of(key),
                             {"attendu : chaque numéro de scellé une seule fois ; {} figure déjà à "
                              "la ligne {}",
                              "expected each number of a seal once, found {} again; the first is "
                              "on line {}"},
                             in_quotes(number),
                             first->second);
            }
        }
    }
}

} // namespace cmq::casefile
