// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_tables.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace cmq::casefile {
namespace {

constexpr std::array<std::string_view, 4> control_lists{
    "negative_controls", "extraction_controls", "environment_controls", "positive_controls"};

void require(
    bool condition, Fields const& table, std::string_view key, Words words, Problems& problems) {
    if (!condition) {
        problems.add(ErrorKind::format, table.place_of(key), Sentence{words});
    }
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check_hash(Placed<std::string> const& hash, Problems& problems) {
    if (!is_sha256(*hash)) {
        problems.add(ErrorKind::format,
                     hash.place,
                     {"attendu : 64 chiffres hexadécimaux en minuscules ; trouvé : {}",
                      "expected 64 hexadecimal digits in lower case, found {}"},
                     in_quotes(*hash));
    }
}

void check_primer(Fields const& reading, std::string_view key, Problems& problems) {
    std::string const primer = reading.text(key);
    bool const is_bases = primer.find_first_not_of("ACGTacgt") == std::string::npos;
    constexpr std::size_t shortest = 8; // as `contremarque code` takes them
    constexpr std::size_t longest = 64;
    if (reading.has(key) && (!is_bases || primer.size() < shortest || primer.size() > longest)) {
        problems.add(ErrorKind::format,
                     reading.place_of(key),
                     {"attendu : une amorce de {} à {} bases A, C, G et T ; trouvé : {}",
                      "expected a primer of {} to {} bases A, C, G and T, found {}"},
                     shortest,
                     longest,
                     in_quotes(primer));
    }
}

/// A file is one thing: the sample, or one of its controls.
void check_each_file_once(Fields const& reading, Problems& problems) {
    std::map<std::string, Place> known;
    auto const take = [&](std::string_view key) {
        for (Placed<std::string> const& file : reading.names(key)) {
            auto const [first, is_new] = known.try_emplace(*file, file.place);
            if (!is_new) {
                problems.add(ErrorKind::format,
                             file.place,
                             {"attendu : un fichier propre à ce rôle ; {} est déjà nommé par {}, à "
                              "la ligne {}",
                              "expected a file of its own, found {} again; the first is {} on "
                              "line {}"},
                             in_quotes(*file),
                             first->second.key,
                             first->second.line);
            }
        }
    };
    take("files");
    for (std::string_view const list : control_lists) {
        take(list);
    }
}

void check_file_keys(Fields const& reading, Problems& problems) {
    bool const has_files = reading.has("files");
    for (std::string_view const key : {"sha256",
                                       "forward",
                                       "reverse",
                                       "umi",
                                       "negative_controls",
                                       "extraction_controls",
                                       "environment_controls",
                                       "positive_controls"}) {
        require(has_files || !reading.has(key),
                reading,
                key,
                {"attendu seulement avec files : la lecture d’un laboratoire qui n’en montre pas "
                 "les données n’a ni fichier ni témoin",
                 "expected only with files: a reading that a laboratory reports without its data "
                 "has neither files nor controls"},
                problems);
    }
    for (std::string_view const key : {"error_rate", "clerical_error_rate"}) {
        require(!has_files || !reading.has(key),
                reading,
                key,
                {"attendu seulement avec code ou result ; avec files, ce taux est celui du "
                 "registre, table [laboratory]",
                 "expected only with code or result; with files this rate is the registry's, table "
                 "[laboratory]"},
                problems);
    }
    auto const hashes = reading.names("sha256");
    require(hashes.empty() || hashes.size() == reading.names("files").size(),
            reading,
            "sha256",
            {"attendu : une empreinte pour chaque fichier de files, dans le même ordre",
             "expected one hash for each file of files, in the same order"},
            problems);
    for (Placed<std::string> const& hash : hashes) {
        check_hash(hash, problems);
    }
}

void check_kind(Fields const& reading, Problems& problems) {
    int const kinds = (reading.has("files") ? 1 : 0) + (reading.has("code") ? 1 : 0) +
                      (reading.has("result") ? 1 : 0);
    require(kinds == 1,
            reading,
            "files",
            {"attendu : files (fichiers de l’instrument), ou code (lot que le laboratoire dit "
             "avoir lu), ou result (ce qu’il dit sans code), et un seul des trois",
             "expected files (of the instrument), or code (the lot that the laboratory says it "
             "read), or result (what it says without a code), and one of the three"},
            problems);
    bool const is_reported = reading.has("code") || reading.has("result");
    require(!is_reported || reading.has("source"),
            reading,
            "source",
            {"la clé manque : le document où le laboratoire dit cela",
             "the key is missing: the document in which the laboratory says so"},
            problems);
    bool const has_rate =
        reading.has("error_rate") || reading.has("clerical_error_rate") || reading.has("miss_rate");
    require(!has_rate || reading.has("rates_source"),
            reading,
            "rates_source",
            {"la clé manque : d’où viennent ces taux",
             "the key is missing: where the rates are "
             "from"},
            problems);
    require(!reading.has("clerical_error_rate") || reading.has("error_rate"),
            reading,
            "error_rate",
            {"la clé manque : le taux d’erreur du laboratoire, que celui d’écriture complète",
             "the key is missing: the laboratory's rate of error, which the clerical one adds to"},
            problems);
}

/// Two readings of one zone are two looks at it: a file that was read once is none.
void check_samples(Fields const& file, Problems& problems) {
    std::map<std::pair<std::string, std::string>, Place> samples;
    for (Fields const& reading : file.tables("reading")) {
        for (Placed<std::string> const& sample : reading.names("files")) {
            auto const [first, is_new] =
                samples.try_emplace({*reading.name("zone"), *sample}, sample.place);
            if (!is_new && first->second.key != sample.place.key) {
                problems.add(
                    ErrorKind::format,
                    sample.place,
                    {"attendu : un autre fichier que {}, lu déjà de cette zone à la ligne {} ; une "
                     "deuxième lecture est une deuxième analyse",
                     "expected another file than {}, already read of this zone on line {}; a "
                     "second "
                     "reading is a second analysis"},
                    in_quotes(*sample),
                    first->second.line);
            }
        }
    }
}

void check_marker(Fields const& file, Problems& problems) {
    bool any_files = false;
    auto const readings = file.tables("reading");
    for (Fields const& reading : readings) {
        any_files = any_files || reading.has("files");
    }
    if (!readings.empty() && !file.has("marker")) {
        problems.add(
            ErrorKind::format,
            readings.front().place(),
            {"une lecture demande la table [marker], avec lot : le lot dont parle le récit",
             "a reading needs the table [marker] with lot: the lot that the account is "
             "of"});
        return;
    }
    Fields const marker = file.table("marker");
    require(!any_files || marker.has("registry"),
            marker,
            "registry",
            {"la clé manque : une lecture avec files est comparée à un registre de lots",
             "the key is missing: a reading with files is compared with a registry of lots"},
            problems);
    require(!marker.has("registry_sha256") || marker.has("registry"),
            marker,
            "registry",
            {"la clé manque : registry_sha256 est l’empreinte de ce fichier",
             "the key is missing: registry_sha256 is the hash of that file"},
            problems);
    if (marker.has("registry_sha256")) {
        check_hash(marker.name("registry_sha256"), problems);
    }
}

} // namespace

void check_readings(Fields const& file, Problems& problems) {
    check_marker(file, problems);
    check_samples(file, problems);
    for (Fields const& reading : file.tables("reading")) {
        check_kind(reading, problems);
        check_file_keys(reading, problems);
        check_each_file_once(reading, problems);
        check_primer(reading, "forward", problems);
        check_primer(reading, "reverse", problems);
    }
}

} // namespace cmq::casefile
