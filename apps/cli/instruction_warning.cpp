// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/instruction_warning.hpp"

#include "apps/cli/progress_line.hpp"
#include "apps/cli/wrap_text.hpp"
#include "casefile/request_texts.hpp"
#include "report/typography.hpp"

#include <ostream>

namespace cmq::cli {

void warn_if_instruction(casefile::Case const& of, Streams streams) {
    if (of.head.stage != "instruction") {
        return;
    }
    casefile::RequestTexts const texts = casefile::read_request_texts();
    casefile::Bilingual const& warning = texts.label("instruction_warning");
    bool const french = streams.language == Language::french;
    streams.err << wrap_text(report::typeset(french ? warning.fr : warning.en, streams.language));
}

pipeline::BeforeWriting warn_before_writing(Streams streams) {
    return [streams](casefile::Case const& of) {
        end_progress(streams);
        warn_if_instruction(of, streams);
    };
}

} // namespace cmq::cli
