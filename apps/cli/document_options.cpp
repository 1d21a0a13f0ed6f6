// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/document_options.hpp"

#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/word_list.hpp"

#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace cmq::cli {

namespace po = boost::program_options;

void add_document_options(OptionAdder const& add, Speaker const& say, Words output_help) {
    add("output,o", po::value<std::string>()->value_name(say({"REP", "DIR"})), output_help);
    add("lang",
        po::value<std::string>()->value_name("fr,en"),
        {"langues des documents (par défaut : fr)", "languages of the documents (default: fr)"});
    add("format",
        po::value<std::string>()->value_name("odt,pdf,text"),
        {"formats (par défaut : tous)", "formats (default: all)"});
}

pipeline::DocumentSettings parse_document_options(po::variables_map const& values,
                                                  std::string const& folder) {
    using LanguageWord = std::pair<std::string_view, report::Language>;
    using FormatWord = std::pair<std::string_view, pipeline::DocumentFormat>;
    constexpr std::array languages{LanguageWord{"fr", report::Language::french},
                                   LanguageWord{"en", report::Language::english}};
    constexpr std::array formats{FormatWord{"odt", pipeline::DocumentFormat::odt},
                                 FormatWord{"pdf", pipeline::DocumentFormat::pdf},
                                 FormatWord{"text", pipeline::DocumentFormat::text}};
    auto const text = [&](char const* name, std::string const& otherwise) {
        return values.count(name) > 0 ? values[name].as<std::string>() : otherwise;
    };
    return {.output = text("output", folder),
            .languages = parse_list("lang", text("lang", "fr"), languages),
            .formats = parse_list(
                "format", text("format", can_render() ? "odt,pdf,text" : "odt,text"), formats),
            .renderer = make_renderer()};
}

} // namespace cmq::cli
