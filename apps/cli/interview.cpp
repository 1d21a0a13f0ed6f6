// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/interview.hpp"

#include "apps/cli/wrap_text.hpp"
#include "core/sentence.hpp"
#include "report/typography.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cmq::cli {
namespace {

constexpr std::size_t longest_line = 65536;

/// One line without its end, or nothing at the end of the input. What is beyond the limit is passed over.
std::optional<std::string> read_line(std::istream& in) {
    std::string line;
    bool any = false;
    for (int c = in.get(); c != std::char_traits<char>::eof(); c = in.get()) {
        any = true;
        if (c == '\n') {
            return line;
        }
        if (line.size() < longest_line) {
            line += static_cast<char>(c);
        }
    }
    return any ? std::optional{line} : std::nullopt;
}

class Interview {
public:
    Interview(casefile::RequestTexts const& texts,
              casefile::Answers& answers,
              InterviewSettings const& settings,
              std::istream& in,
              std::ostream& out)
        : texts_{texts}
        , answers_{answers}
        , settings_{settings}
        , in_{in}
        , out_{out} {}

    bool run() {
        std::size_t at = next_open(0);
        if (at < texts_.prompts.size()) {
            introduce();
        }
        while (at < texts_.prompts.size()) {
            show(at);
            auto const line = read_line(in_);
            if (!line) {
                return false;
            }
            if (*line == "<") {
                at = at > 0 ? at - 1 : 0;
                continue;
            }
            at = take(at, *line) ? next_open(at) : at;
        }
        return true;
    }

private:
    [[nodiscard]] std::string say(casefile::Bilingual const& text) const {
        bool const french = settings_.language == Language::french;
        return report::typeset(french ? text.fr : text.en, settings_.language);
    }

    void print(Sentence const& sentence, std::size_t indent = 0) {
        out_ << wrap_text(sentence.in(settings_.language), indent);
    }

    [[nodiscard]] std::size_t next_open(std::size_t from) const {
        while (from < texts_.prompts.size() &&
               casefile::answer_to(answers_, texts_.prompts[from].id)) {
            ++from;
        }
        return from;
    }

    void introduce() {
        print(Sentence{{"{} questions au plus. « ? » si le dossier ne le dit pas, « < » pour "
                        "revenir à la question "
                        "précédente. Chaque réponse est gardée aussitôt dans {} ; on peut "
                        "s’arrêter (Ctrl-D) et "
                        "reprendre. N’écrire aucun nom de personne.",
                        "At most {} questions. ? where the papers do not say, < to go back to the "
                        "question before. "
                        "Each answer is kept at once in {}; you may stop (Ctrl-D) and resume. "
                        "Write no person’s "
                        "name."},
                       texts_.prompts.size(),
                       settings_.answers.string()});
        if (!answers_.empty()) {
            print(Sentence{{"Réponses déjà données : {}.", "Answers given already: {}."},
                           answers_.size()});
        }
    }

    void show(std::size_t at) {
        casefile::Prompt const& prompt = texts_.prompts[at];
        out_ << '\n';
        out_ << wrap_text(std::to_string(at + 1) + '/' + std::to_string(texts_.prompts.size()) +
                          "  " + say(prompt.ask));
        out_ << wrap_text(say(prompt.help), 2);
        for (std::size_t i = 0; i < prompt.choices.size(); ++i) {
            std::string const number = std::to_string(i + 1);
            out_ << std::string(6 - number.size(), ' ') << number << "  "
                 << say(prompt.choices[i].second) << '\n';
        }
        if (auto const given = casefile::answer_to(answers_, prompt.id)) {
            print(Sentence{{"Réponse gardée : {}", "Answer kept: {}"}, *given}, 2);
        }
        out_ << "> " << std::flush;
    }

    bool take(std::size_t at, std::string const& line) {
        casefile::Prompt const& prompt = texts_.prompts[at];
        bool const is_blank = line.find_first_not_of(" \t\r") == std::string::npos;
        if (is_blank && casefile::answer_to(answers_, prompt.id)) {
            return true; // gone back to, and left as it was
        }
        auto const checked = casefile::check_answer(prompt, line, settings_.today);
        if (auto const* const wrong = std::get_if<Sentence>(&checked)) {
            print(*wrong, 2);
            return false;
        }
        casefile::set_answer(answers_, prompt.id, std::get<std::string>(checked));
        std::string const kept = casefile::to_toml(answers_);
        write_private_file(settings_.answers, std::as_bytes(std::span{kept}));
        return true;
    }

    casefile::RequestTexts const& texts_;
    casefile::Answers& answers_;
    InterviewSettings const& settings_;
    std::istream& in_;
    std::ostream& out_;
};

} // namespace

bool ask_all(casefile::RequestTexts const& texts,
             casefile::Answers& answers,
             InterviewSettings const& settings,
             std::istream& in,
             std::ostream& out) {
    return Interview{texts, answers, settings, in, out}.run();
}

} // namespace cmq::cli
