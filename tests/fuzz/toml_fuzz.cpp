// SPDX-License-Identifier: GPL-3.0-or-later

// Every file of text that a user or an opponent gives: the first byte chooses the reader.

#include "casefile/answers.hpp"
#include "casefile/counsel.hpp"
#include "casefile/frozen.hpp"
#include "casefile/key_file.hpp"
#include "casefile/parameter_library.hpp"
#include "casefile/purge.hpp"
#include "casefile/read_case.hpp"
#include "casefile/request_texts.hpp"
#include "casefile/without_comments.hpp"
#include "system/csv.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

namespace {

using namespace cmq;
using namespace cmq::casefile;

void read(unsigned reader, std::string_view text) {
    static RequestTexts const requests = read_request_texts();
    std::string const file = "fuzz.toml";
    switch (reader) {
    case 0: {
        Case const read = parse_case(text, file);
        check_references(read);
        break;
    }
    case 1:
        static_cast<void>(parse_counsel(text, file, Case{}));
        break;
    case 2:
        static_cast<void>(parse_key(text, file));
        break;
    case 3:
        static_cast<void>(parse_answers(text, file, requests, "2026-11-21"));
        break;
    case 4:
        static_cast<void>(parse_frozen(text, file));
        break;
    case 5:
        static_cast<void>(parse_parameters(text, file));
        break;
    case 6:
        static_cast<void>(parse_csv(text));
        break;
    case 7:
        static_cast<void>(without_comments(text));
        break;
    default:
        break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size > 0) {
        cmq::fuzz::refuse_or_read(
            [&] { read(data[0] % 8U, cmq::fuzz::text_of(data + 1, size - 1)); });
    }
    return 0;
}
