// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/requests.hpp"

#include "core/error.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/front.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

using casefile::Bilingual;
using casefile::RequestTexts;

/// The writer of the note, with the texts that are data.
class RequestWriter {
public:
    RequestWriter(NoteInput const& input, RequestTexts const& texts, Language language)
        : writer_{input, language}
        , texts_{texts} {
        Document& document = writer_.document();
        document.program = input.program;
        document.date = input.file.report.date;
        document.page_label =
            writer_.say(phrases::page_label, {{"page", "{page}"}, {"pages", "{pages}"}});
        if (input.file.demonstration) {
            document.banners.push_back(writer_.say(phrases::banner_demonstration));
        }
    }

    [[nodiscard]] NoteWriter& note() { return writer_; }

    [[nodiscard]] Document& document() { return writer_.document(); }

    [[nodiscard]] std::string say(Bilingual const& text) const {
        return typeset(text_in(text, writer_.language()), writer_.language());
    }

    [[nodiscard]] std::string label(std::string_view name) const { return say(texts_.label(name)); }

    void heading(int level, std::string text) {
        ++anchors_;
        writer_.heading(level, std::move(text), "part-" + std::to_string(anchors_));
    }

    void section(std::string_view label_name) { heading(1, label(label_name)); }

    /// "What it is: text", the first part in bold.
    void labelled(std::string const& what, std::string text, ParagraphStyle style) {
        bool const french = writer_.language() == Language::french;
        Paragraph paragraph;
        paragraph.style = style;
        paragraph.text = bold(what);
        paragraph.text.push_back(
            {(french ? std::string{no_break_space} : "") + ": " + std::move(text),
             TextStyle::normal});
        writer_.add(std::move(paragraph));
    }

    void paragraph(std::string text, ParagraphStyle style = ParagraphStyle::body) {
        writer_.paragraph(std::move(text), style);
    }

    void list(std::vector<Bilingual> const& items) {
        std::vector<std::string> all;
        all.reserve(items.size());
        for (Bilingual const& item : items) {
            all.push_back(say(item));
        }
        writer_.list(all);
    }

    [[nodiscard]] Document take() { return writer_.take(); }

private:
    NoteWriter writer_;
    RequestTexts const& texts_;
    int anchors_ = 0;
};

casefile::RequestStage const& stage_of(casefile::Case const& file, RequestTexts const& texts) {
    casefile::RequestStage const* const stage = texts.stage(file.head.stage);
    if (stage == nullptr) {
        throw Error{ErrorKind::domain,
                    {"le fichier de l’affaire n’indique pas le stade de la procédure, qui décide "
                     "de ce qui peut "
                     "être demandé ; "
                     "ajouter par exemple stage = \"comparution-immediate\" dans [case]",
                     "the case names no stage of the procedure, which decides what can be asked; "
                     "add stage = "
                     "\"comparution-immediate\" (say) to [case]"}};
    }
    return *stage;
}

bool holds(std::vector<std::string> const& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

/// The papers that the case says, or shows, are there already.
std::vector<std::string> held_papers(casefile::Case const& file, RequestTexts const& texts) {
    std::vector<std::string> held;
    for (auto const& name : file.head.held) {
        bool const known = std::ranges::any_of(
            texts.requests, [&](casefile::RequestItem const& item) { return item.id == *name; });
        if (!known) {
            throw Error{
                ErrorKind::domain,
                {"{} : aucune demande ne porte sur « {} » ; docs/formats/case.toml.md donne la "
                 "liste",
                 "{}: no request is about \"{}\"; docs/formats/case.toml.md lists the words"},
                casefile::to_text(name.place),
                *name};
        }
        held.push_back(*name);
    }
    auto const count = [&](casefile::CaptureRole role) {
        return std::ranges::count_if(
            file.captures, [&](casefile::Capture const& capture) { return *capture.role == role; });
    };
    if (count(casefile::CaptureRole::evidence) > 0 && !holds(held, "raw_files")) {
        held.emplace_back("raw_files");
    }
    if (count(casefile::CaptureRole::blank) >= 2 && !holds(held, "blanks")) {
        held.emplace_back("blanks");
    }
    if (file.population && !holds(held, "people_checked")) {
        held.emplace_back("people_checked");
    }
    return held;
}

void add_head(RequestWriter& out, casefile::Case const& file, casefile::RequestStage const& stage) {
    Document& document = out.document();
    document.identifier = *file.head.id;
    document.subtitle = out.say(stage.name);
    document.subject = document.title;
    if (stage.id == "instruction") {
        document.banners.push_back(out.label("instruction_warning"));
    }
    document.banners.push_back(out.label("project"));
    out.labelled(out.label("addressee"), out.say(stage.addressee), ParagraphStyle::body);
    out.labelled(out.label("reference"), *file.head.id, ParagraphStyle::body);
    out.paragraph(out.label("counsel"));
    out.paragraph(out.label("client"));
}

/// "P1" of "P1.right_hand": an account may name zones of others, which no document speaks of.
std::string person_of(std::string const& zone) {
    return zone.substr(0, zone.find('.'));
}

std::vector<std::string> observed_people(casefile::Case const& file) {
    std::vector<std::string> people;
    for (casefile::Observation const& seen : file.observations) {
        people.push_back(person_of(*seen.zone));
    }
    return people;
}

std::string filled_in(std::string line, std::string_view blank, std::string const& text) {
    return line.replace(line.find(blank), blank.size(), text);
}

/// Whom the pseudonyms of the table stand for: counsel fills the names in.
void add_pseudonyms(RequestWriter& out, casefile::Case const& file) {
    std::vector<std::string> people = observed_people(file);
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::erase_if(people, [](std::string const& person) { return person.empty(); });
    for (std::string& person : people) {
        person = filled_in(out.label("pseudonym"), "{person}", person);
    }
    if (!people.empty()) {
        out.paragraph(filled_in(out.label("pseudonyms"), "{people}", out.note().joined(people)));
    }
}

void add_facts(RequestWriter& out, casefile::Case const& file) {
    out.section("heading_facts");
    if (file.observations.empty() && file.searches.empty()) {
        out.paragraph(out.label("no_facts"));
        return;
    }
    add_reported_table(out.note());
    add_unexamined(out.note(), observed_people(file));
    add_pseudonyms(out, file);
}

std::vector<casefile::Provision const*> provisions_for(RequestTexts const& texts,
                                                       std::string const& stage,
                                                       std::vector<std::string> const& named) {
    std::vector<casefile::Provision const*> all;
    for (casefile::Provision const& provision : texts.provisions) {
        if (holds(provision.stages, stage) || holds(named, provision.id)) {
            all.push_back(&provision);
        }
    }
    return all;
}

void add_grounds(RequestWriter& out, std::vector<casefile::Provision const*> const& provisions) {
    out.section("heading_grounds");
    std::vector<std::string> items;
    for (casefile::Provision const* provision : provisions) {
        if (provision->is_ground) {
            items.push_back(capitalised(out.say(provision->text)) + " (" +
                            out.say(provision->says) + ")");
        }
    }
    out.note().list(items);
}

/// A page for counsel: which provisions were looked at when, and who has to check them.
void add_provisions_to_check(RequestWriter& out,
                             std::vector<casefile::Provision const*> const& provisions) {
    out.note().add(PageBreak{});
    out.section("heading_references");
    std::vector<std::string> items;
    for (casefile::Provision const* provision : provisions) {
        std::string line = out.label("reference_state");
        line = filled_in(std::move(line), "{text}", capitalised(out.say(provision->text)));
        line = filled_in(std::move(line), "{says}", out.say(provision->says));
        line = filled_in(
            std::move(line), "{date}", date_text(provision->as_of, out.note().language()));
        line = filled_in(std::move(line), "{check}", out.say(provision->check_by));
        items.push_back(std::move(line));
    }
    out.note().list(items);
    out.paragraph(out.label("renumbering"), ParagraphStyle::note);
}

} // namespace

Document make_requests(NoteInput const& input, RequestTexts const& texts, Language language) {
    casefile::RequestStage const& stage = stage_of(input.file, texts);
    std::vector<std::string> const held = held_papers(input.file, texts);
    RequestWriter out{input, texts, language};
    out.document().title = out.say(stage.title);
    add_head(out, input.file, stage);
    out.paragraph(out.say(stage.opening));
    add_facts(out, input.file);
    out.section("heading_requests");
    std::vector<std::string> named;
    std::vector<std::string> not_repeated;
    int number = 0;
    for (casefile::RequestItem const& item : texts.requests) {
        if (!holds(item.stages, stage.id)) {
            continue;
        }
        if (holds(held, item.id)) {
            not_repeated.push_back(out.say(item.title));
            continue;
        }
        ++number;
        out.heading(2, std::to_string(number) + ". " + out.say(item.title));
        out.paragraph(out.say(item.ask));
        out.labelled(out.label("interest"), out.say(item.why), ParagraphStyle::body);
        named.insert(named.end(), item.references.begin(), item.references.end());
    }
    if (!not_repeated.empty()) {
        out.paragraph(filled_in(out.label("held"), "{items}", out.note().joined(not_repeated)),
                      ParagraphStyle::note);
    }
    auto const provisions = provisions_for(texts, stage.id, named);
    add_grounds(out, provisions);
    out.paragraph(out.say(stage.closing));
    out.section("heading_demand");
    out.paragraph(out.say(stage.demand));
    out.paragraph(out.label("signature"));
    out.paragraph(out.label("contains"), ParagraphStyle::note);
    add_provisions_to_check(out, provisions);
    return out.take();
}

Document make_questions(NoteInput const& input, RequestTexts const& texts, Language language) {
    casefile::RequestStage const& stage = stage_of(input.file, texts);
    RequestWriter out{input, texts, language};
    out.document().title = out.label("title_questions");
    add_head(out, input.file, stage);
    out.paragraph(out.label("questions_intro"));
    for (auto const to : {casefile::Addressee::expert, casefile::Addressee::witness}) {
        out.section(to == casefile::Addressee::expert ? "heading_expert" : "heading_witness");
        int number = 0;
        for (casefile::RequestQuestion const& question : texts.questions) {
            if (question.to == to) {
                ++number;
                // A heading stays on the page of what follows it: the question with its reason.
                out.heading(3, std::to_string(number) + ". " + out.say(question.ask));
                out.paragraph(out.say(question.why));
            }
        }
    }
    out.paragraph(out.label("contains_questions"), ParagraphStyle::note);
    return out.take();
}

Document
make_aide_memoire(RequestTexts const& texts, std::string const& program, Language language) {
    NoteInput input;
    input.program = program;
    RequestWriter out{input, texts, language};
    out.document().title = out.say(texts.aide_text("title"));
    out.document().subtitle = out.say(texts.aide_text("subtitle"));
    out.document().subject = out.document().title;
    for (casefile::Provision const& provision : texts.provisions) {
        out.document().date = std::max(out.document().date, provision.as_of);
    }
    out.paragraph(out.say(texts.aide_text("intro")));
    for (std::string const part : {"record", "ask", "client", "means", "balance"}) {
        if (part == "means") {
            out.note().add(
                PageBreak{}); // what to do on the first page, what it means on the second
        }
        out.heading(1, out.say(texts.aide_text("heading_" + part)));
        out.list(texts.aide_list(part));
    }
    out.heading(1, out.say(texts.aide_text("heading_secret")));
    out.paragraph(out.say(texts.aide_text("secret")));
    return out.take();
}

} // namespace cmq::report
