// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/validation_report.hpp"

#include "core/sentence.hpp"
#include "report/phrase.hpp"
#include "report/phrases/front.hpp"
#include "report/typography.hpp"
#include "report/validation_charts.hpp"
#include "report/validation_words.hpp"

#include <utility>

namespace cmq::report {
namespace {

Document make_document(ValidationInput const& input, std::string title, Language language) {
    Document document;
    document.language = language;
    document.title = std::move(title);
    document.subtitle = input.file;
    document.subject = document.title + " – " + input.file;
    document.identifier = input.file;
    document.date = input.date;
    document.program = input.program;
    document.page_label =
        say(phrases::page_label, language, {{"page", "{page}"}, {"pages", "{pages}"}});
    return document;
}

class Writer {
public:
    Writer(ValidationInput const& input, Language language)
        : input_{input}
        , language_{language}
        , document_{make_document(
              input,
              words({"Validation de rapports de vraisemblance", "Validation of likelihood ratios"}),
              language)} {}

    Document write() {
        add_question();
        add_measures();
        add_rates();
        add_warnings();
        add_figures();
        add_limits();
        add_method();
        return std::move(document_);
    }

private:
    template <class... Texts>
    [[nodiscard]] std::string words(Form<sizeof...(Texts)> form, Texts const&... texts) const {
        return Sentence{form, texts...}.in(language_);
    }

    void heading(Words text, std::string anchor) {
        document_.blocks.emplace_back(
            Heading{.level = 1, .text = words(text), .anchor = std::move(anchor)});
    }

    void paragraph(std::string text, ParagraphStyle style = ParagraphStyle::body) {
        document_.blocks.emplace_back(
            Paragraph{.text = {{.text = std::move(text)}}, .style = style});
    }

    void sentences(std::vector<std::string> const& texts) {
        List list;
        for (std::string const& text : texts) {
            list.items.push_back({{.text = capitalised(text) + (text.ends_with('.') ? "" : ".")}});
        }
        document_.blocks.emplace_back(std::move(list));
    }

    void add_question() {
        heading({"Ce qui a été examiné", "What was examined"}, "table");
        paragraph(words({"Une méthode a donné des rapports de vraisemblance dans des cas dont la "
                         "vérité est connue. Cette note dit si ces rapports pointent du bon côté, "
                         "et s’ils sont aussi grands qu’ils l’annoncent.",
                         "A method gave likelihood ratios in cases whose truth is known. This note "
                         "says whether these ratios point to the right side, and whether they are "
                         "as large as they state."}));
        paragraph(capitalised(counts_words(input_.validation, language_)) + ".");
        paragraph(capitalised(truth_words(input_.table, language_)) + ".");
        document_.blocks.emplace_back(
            Paragraph{.text = {{.text = words({"Fichier : {}, SHA-256 : ", "File: {}, SHA-256: "},
                                              input_.file)},
                               {.text = input_.sha256, .style = TextStyle::mono}},
                      .style = ParagraphStyle::note});
    }

    void add_measures() {
        heading({"Mesures", "Measures"}, "measures");
        TableBlock table;
        table.caption = words({"Entre parenthèses, la fourchette de 95 % de tableaux retirés au "
                               "sort.",
                               "In brackets, the range of 95 % of tables drawn again."});
        table.columns = {{.heading = words({"mesure", "measure"}), .weight = 1.2},
                         {.heading = words({"valeur", "value"}), .weight = 1.4},
                         {.heading = words({"ce qu’elle dit", "what it says"}), .weight = 3.4}};
        for (MeasureWords const& row : measure_words(input_.validation, language_)) {
            std::string value = row.value;
            value += row.range.empty() ? "" : " (" + row.range + ")";
            value += row.reason.empty() ? "" : " – " + row.reason;
            table.rows.push_back({{{.text = row.name}},
                                  {{.text = value}},
                                  {{.text = capitalised(row.meaning) + "."}}});
        }
        document_.blocks.emplace_back(std::move(table));
        if (std::string const text = calibrated_words(input_.validation, language_);
            !text.empty()) {
            paragraph(capitalised(text) + ".");
        }
    }

    void add_rates() {
        heading({"Résultats trompeurs", "Misleading results"}, "misleading");
        paragraph(
            words({"Un résultat trompeur soutient la proposition qui n’était pas vraie. Une "
                   "méthode bien calibrée en donne d’un facteur k ou plus dans au plus un cas "
                   "sur k.",
                   "A misleading result supports the proposition that was not true. A well "
                   "calibrated method gives one by a factor of k or more in at most one case "
                   "in k."}));
        TableBlock table;
        table.columns = {{.heading = words({"résultat", "result"}), .weight = 1.4},
                         {.heading = words({"nombre (part ; fourchette de 95 %)",
                                            "number (share; range of 95 %)"}),
                          .weight = 2.0}};
        for (bool const h1 : {true, false}) {
            for (auto const& one : input_.validation.misleading) {
                std::string const what = strength_words(one.strength, h1, language_);
                std::string const where = h1 ? words({"H1 vraie, {}", "H1 true, {}"}, what)
                                             : words({"H2 vraie, {}", "H2 true, {}"}, what);
                table.rows.push_back(
                    {{{.text = where}},
                     {{.text = share_words(h1 ? one.under_h1 : one.under_h2, language_)}}});
            }
        }
        document_.blocks.emplace_back(std::move(table));
    }

    void add_warnings() {
        auto const warnings = validation_warnings(input_.validation, language_);
        if (warnings.empty()) {
            return;
        }
        heading({"Pour quoi ce tableau est trop petit, et ce qui s’y heurte",
                 "What this table is too small for, and what stands against it"},
                "warnings");
        sentences(warnings);
    }

    void add_figures() {
        heading({"Figures", "Figures"}, "figures");
        for (NamedChart& each : validation_charts(input_.validation, language_)) {
            document_.blocks.emplace_back(std::move(each.chart));
        }
    }

    void add_limits() {
        heading({"Ce que ce tableau ne peut pas montrer", "What this table cannot show"}, "limits");
        sentences(validation_limits(language_));
    }

    void add_method() {
        heading({"Comment cela a été calculé", "How this was computed"}, "method");
        paragraph(words({"Cllr, Cllr_min et calibration par regroupement (PAV) : Brümmer et du "
                         "Preez, Computer Speech and Language 20 (2006) 230. devPAV : Vergeer, van "
                         "Schaik et Sjerps, Forensic Science International 321 (2021) 110722. "
                         "Bornes : Vergeer et al., Science and Justice 56 (2016) 482. ECE : Ramos "
                         "et Gonzalez-Rodriguez, Forensic Science International 230 (2013) 156. "
                         "Cadre : Meuwly, Ramos et Haraksim, Forensic Science International 276 "
                         "(2017) 142.",
                         "Cllr, Cllr_min and calibration by pooling (PAV): Brümmer and du Preez, "
                         "Computer Speech and Language 20 (2006) 230. devPAV: Vergeer, van Schaik "
                         "and Sjerps, Forensic Science International 321 (2021) 110722. Bounds: "
                         "Vergeer et al., Science and Justice 56 (2016) 482. ECE: Ramos and "
                         "Gonzalez-Rodriguez, Forensic Science International 230 (2013) 156. "
                         "Framework: Meuwly, Ramos and Haraksim, Forensic Science International "
                         "276 (2017) 142."}),
                  ParagraphStyle::note);
        document_.blocks.emplace_back(
            Paragraph{.text = {{.text = words({"À refaire par : ", "To be made again by: "})},
                               {.text = "contremarque validate " + input_.file + " --tables " +
                                        std::to_string(input_.validation.replicates) + " --seed " +
                                        std::to_string(input_.validation.seed),
                                .style = TextStyle::mono}},
                      .style = ParagraphStyle::note});
    }

    ValidationInput const& input_;
    Language language_;
    Document document_;
};

} // namespace

Document make_validation_report(ValidationInput const& input, Language language) {
    return Writer{input, language}.write();
}

Document make_figure_page(Chart const& chart, ValidationInput const& input, Language language) {
    Document document = make_document(input, chart.title, language);
    document.blocks.emplace_back(chart);
    return document;
}

} // namespace cmq::report
