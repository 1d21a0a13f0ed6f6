// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_tables.hpp"
#include "casefile/words.hpp"

namespace cmq::casefile {
namespace {

// Sought where something is measured; and light of the room is what a coloured marker is seen in.
void check_marks(Fields const& capture, std::string_view role, Problems& problems) {
    require(
        !capture.has("marks") || role == "evidence" || role == "blank" || role == "reference",
        capture,
        "marks",
        Sentence{
            {R"(attendu seulement dans les captures evidence, blank et reference, où des marques sont recherchées ; celle-ci a role = "{}")",
             R"(expected only in captures of role evidence, blank and reference, in which marks are sought; this one has role = "{}")"},
            role},
        problems);
    require(
        capture.text("marks") != words::marks[1] || !capture.has("subtract"),
        capture,
        "subtract",
        Sentence{
            {R"(non attendu avec marks = "darker" : ce qu’une marque prend est pris à la lumière ambiante, qui n’est donc pas à retrancher)",
             R"(not expected with marks = "darker": what a mark takes it takes from the light of the room, which is then not to be taken off)"}},
        problems);
}

// What a joined capture adds is the light behind its own filter or under its own lamp.
void check_joined(Fields const& capture, std::string_view role, Problems& problems) {
    bool const joined = role == "joined";
    require(
        !joined || capture.has("of"),
        capture,
        "of",
        Sentence{
            {"la clé manque : une capture de rôle joined montre la scène d’une capture evidence ou "
             "reference",
             "the key is missing: a capture of role joined shows the scene of one of role evidence "
             "or "
             "reference"}},
        problems);
    require(
        !joined || capture.has("filter") || capture.has("lamp_nm"),
        capture,
        "filter",
        Sentence{{"la clé manque : une capture jointe l’est pour son filtre (filter) ou sa lampe "
                  "(lamp_nm)",
                  "the key is missing: a capture is joined for its filter or its lamp (lamp_nm)"}},
        problems);
    require(joined || !capture.has("unmoved"),
            capture,
            "unmoved",
            Sentence{{R"(attendu seulement avec role = "joined")",
                      R"(expected only with role = "joined")"}},
            problems);
    for (std::string_view const key : {"zone", "subtract"}) {
        require(!joined || !capture.has(key),
                capture,
                key,
                Sentence{{"non attendu pour une capture de rôle joined",
                          "not expected for a capture of role joined"}},
                problems);
    }
}

} // namespace

void check_captures(Fields const& file, Problems& problems) {
    for (Fields const& capture : file.tables("capture")) {
        std::string const role = capture.text("role");
        require(role != "evidence" || capture.has("zone"),
                capture,
                "zone",
                Sentence{{"la clé manque : une capture de rôle evidence montre une zone",
                          "the key is missing: evidence shows one zone"}},
                problems);
        require(role != "evidence" || !capture.has("of"),
                capture,
                "of",
                Sentence{{"attendu seulement pour un autre rôle que evidence : nomme la capture "
                          "evidence que celle-ci accompagne",
                          "expected only where the role is not evidence: it names the evidence "
                          "that this capture serves"}},
                problems);
        std::string const hash = capture.text("sha256");
        bool const hexadecimal =
            hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
        require(!capture.has("sha256") || hexadecimal,
                capture,
                "sha256",
                Sentence{{"attendu : 64 chiffres hexadécimaux en minuscules ; trouvé : {}",
                          "expected 64 hexadecimal digits in lower case, found {}"},
                         in_quotes(hash)},
                problems);
        check_marks(capture, role, problems);
        check_joined(capture, role, problems);
    }
}

} // namespace cmq::casefile
