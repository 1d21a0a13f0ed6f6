// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/render/sample_document.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::render::test {

namespace {

using report::Run;
using report::Text;
using report::TextStyle;

std::string const hash = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";

Text plain(std::string text) {
    return {Run{.text = std::move(text)}};
}

Text mono(std::string text) {
    return {Run{.text = std::move(text), .style = TextStyle::mono}};
}

struct Spot {
    double x;
    double y;
    double radius;
};

std::vector<Spot> const spots{{0.30, 0.40, 9.0},
                              {0.36, 0.44, 5.0},
                              {0.62, 0.30, 7.0},
                              {0.80, 0.75, 4.0},
                              {0.34, 0.49, 3.0},
                              {0.97, 0.05, 4.0}};

report::TableBlock long_table(int rows) {
    report::TableBlock table{
        .caption = "Tableau 2. Traces trouvées dans la capture c1 (flux en DN, écart-type σ)",
        .columns = {{.heading = "Trace", .weight = 0.6},
                    {.heading = "x", .alignment = report::Alignment::right, .weight = 0.7},
                    {.heading = "y", .alignment = report::Alignment::right, .weight = 0.7},
                    {.heading = "Flux G1", .alignment = report::Alignment::right, .weight = 1.2},
                    {.heading = "Remarque", .weight = 3.0}},
        .rows = {}};
    for (int i = 1; i <= rows; ++i) {
        table.rows.push_back({plain("T" + std::to_string(i)),
                              plain(std::to_string(100 + 13 * i)),
                              plain(std::to_string(80 + 7 * i)),
                              plain("12 345 ± 67"),
                              plain(i % 9 == 0 ? "saturée dans deux plans sur quatre ; le flux est "
                                                 "une borne inférieure, et la couleur ne peut pas "
                                                 "être mesurée sur cette trace"
                                               : "aucune")});
    }
    return table;
}

} // namespace

report::Picture sample_picture(int width, int height, bool marked) {
    report::Picture picture;
    picture.pixels = {.width = width, .height = height, .rgb = {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double light = 0.0;
            for (auto const& spot : spots) {
                double const dx = x - spot.x * width;
                double const dy = y - spot.y * height;
                light += std::exp(-(dx * dx + dy * dy) / (spot.radius * spot.radius));
            }
            double const ground = 18.0 + 30.0 * x / width + 12.0 * y / height;
            auto const level = [&](double gain) {
                return static_cast<std::uint8_t>(std::min(255.0, ground * 0.6 + gain * light));
            };
            picture.pixels.rgb.push_back(level(90.0));
            picture.pixels.rgb.push_back(level(220.0));
            picture.pixels.rgb.push_back(
                static_cast<std::uint8_t>(std::min(255.0, ground + 40.0 * light)));
        }
    }
    picture.title = marked ? "Traces trouvées" : "Image non traitée";
    picture.caption = marked ? "La même vue avec les traces entourées. Étirement linéaire de 0 à "
                               "4 095 DN, sans autre traitement."
                             : "Capture c1, main droite, sous 365 nm. Étirement linéaire de 0 à "
                               "4 095 DN, sans autre traitement.";
    picture.alt = "Main droite sous ultraviolet, six points clairs.";
    picture.scale_bar = report::ScaleBar{.length_pixels = width / 4.0, .label = "10 mm"};
    for (std::size_t i = 0; marked && i < spots.size(); ++i) {
        picture.marks.push_back({.x = spots[i].x * width,
                                 .y = spots[i].y * height,
                                 .radius = 1.8 * spots[i].radius,
                                 .label = "T" + std::to_string(i + 1)});
    }
    return picture;
}

report::Chart sample_range_chart() {
    report::Chart chart;
    chart.content = report::RangeChart{
        .rows = {{.label = "Hp contre Hd",
                  .log10_value = 1.3,
                  .log10_low = -0.4,
                  .log10_high = 2.1,
                  .text = "20"},
                 {.label = "Hp contre Hd, si la marque est le produit de marquage codé",
                  .log10_value = 1.7,
                  .log10_low = 0.9,
                  .log10_high = 2.6,
                  .text = "50"},
                 {.label = "Hd contre un contact lors de la garde à vue",
                  .log10_value = -0.52,
                  .log10_low = 0.0,
                  .log10_high = 0.0,
                  .has_range = false,
                  .text = "1/3 (plage non donnée)"}},
        .left_label = "les résultats soutiennent la seconde proposition plutôt que la première",
        .right_label = "les résultats soutiennent la première proposition plutôt que la seconde"};
    chart.title = "Rapport de vraisemblance et plage de sensibilité";
    chart.x_label = "rapport de vraisemblance (échelle logarithmique)";
    chart.caption = "Losange : valeur. Barre : quantiles 5 % et 95 % de sensibilité.";
    chart.alt = "Trois rapports de vraisemblance : 20, 50 et 1/3.";
    return chart;
}

report::Chart sample_tornado_chart() {
    report::Chart chart;
    chart.content =
        report::TornadoChart{.log10_centre = 1.3,
                             .rows = {{.label = "Durée de séchage",
                                       .log10_at_low = 0.3,
                                       .log10_at_high = 2.2,
                                       .low_text = "5 min",
                                       .high_text = "180 min"},
                                      {.label = "Fraction transférée par contact sec, "
                                                "peau sur peau",
                                       .log10_at_low = 1.9,
                                       .log10_at_high = 0.8,
                                       .low_text = "0,001",
                                       .high_text = "0,05"},
                                      {.label = "Prévalence des fluorescences semblables",
                                       .log10_at_low = 1.25,
                                       .log10_at_high = 1.0,
                                       .low_text = "0,1 %",
                                       .high_text = "5 %"},
                                      {.label = "Quanta par limite de détection κ",
                                       .log10_at_low = 1.3,
                                       .log10_at_high = 1.42,
                                       .low_text = "1",
                                       .high_text = "30"}}};
    chart.title = "Ce qui déplace la valeur";
    chart.x_label = "rapport de vraisemblance";
    chart.caption = "Plein : paramètre à sa valeur basse. Hachuré : à sa valeur haute.";
    chart.alt = "La durée de séchage déplace le plus la valeur.";
    return chart;
}

report::Chart sample_curve_chart() {
    report::CurveChart curves;
    curves.x_is_log = true;
    for (int s = 0; s < 4; ++s) {
        report::CurveChart::Series series{.label = "Hp" + std::to_string(s + 1) +
                                                   " contre Hd, contact après 10 minutes",
                                          .x = {},
                                          .y = {}};
        for (int i = 0; i <= 60; ++i) {
            series.x.push_back(std::pow(10.0, -4.0 + 3.5 * i / 60.0));
            series.y.push_back(2.4 - 0.6 * s - 0.05 * i + 0.01 * s * i);
        }
        curves.series.push_back(std::move(series));
    }
    report::Chart chart;
    chart.content = std::move(curves);
    chart.title = "Valeur selon la prévalence des fluorescences semblables";
    chart.x_label = "prévalence dans la population contrôlée";
    chart.y_label = "rapport de vraisemblance";
    chart.caption = "Aucune donnée publiée ne fixe cette prévalence.";
    chart.alt = "Quatre courbes décroissantes.";
    return chart;
}

report::Document sample_document(int rows) {
    report::Document note;
    note.language = report::Language::french;
    note.title = "Note technique";
    note.subtitle = "Trace fluorescente sur la main droite de la personne P1";
    note.subject = "Évaluation de traces de marquage codé";
    note.author = "Aucun auteur & <nommé>";
    note.identifier = "demo-1";
    note.date = "2026-11-21";
    note.program = "Contremarque 0.1.0";
    note.banners = {"DÉMONSTRATION : fichiers simulés, aucune affaire réelle",
                    "calcul non relu par un scientifique"};
    note.page_label = "page {page} sur {pages}";
    auto add = [&note](report::Block block) { note.blocks.push_back(std::move(block)); };
    add(report::Paragraph{
        .text = {{.text = "Les résultats sont environ 20 fois plus probables si P1 a été touchée "
                          "directement que si elle a été marquée par contact. "},
                 {.text = "La plage de sensibilité (1/2 à 100) traverse 1",
                  .style = TextStyle::bold},
                 {.text = " : aucun équivalent verbal n’est donné. Aucun paramètre n’a été mesuré "
                          "sur le produit français."}},
        .style = report::ParagraphStyle::answer});
    add(report::Paragraph{.text = plain("Aucun scientifique n’a relu ce calcul. Deux blancs au "
                                        "moins sont nécessaires ; il n’y en a qu’un."),
                          .style = report::ParagraphStyle::warning});
    add(report::Heading{.level = 1, .text = "1. Ce qui a été demandé", .anchor = "asked"});
    add(report::Paragraph{
        .text = {{.text = "Le procès-verbal no 12 écrit « réagit aux UV » (page 3). La valeur "
                          "log₁₀ du rapport est ≥ 1,3 → voir le tableau 1 ; l’œuvre, le cœur, "
                          "Noël, façade, difficile, efficace. Le fichier "},
                 {.text = "evidence.dng", .style = TextStyle::mono},
                 {.text = " a pour empreinte numérique SHA-256 "},
                 {.text = hash, .style = TextStyle::mono},
                 {.text = ". Il est resté inchangé. Des mots anticonstitutionnellement longs se "
                          "suivent dans cette phrase pour éprouver les fins de ligne, dont "
                          "l’électroencéphalographie et l’intergouvernementalisation."}}});
    add(report::Heading{.level = 2, .text = "1.1 Hypothèses retenues", .anchor = "given"});
    add(report::List{.items = {plain("La personne se tenait à moins de 40 m du lanceur."),
                               plain("Le contact a duré peu ; le moment est connu à dix minutes "
                                     "près, et cette incertitude est intégrée dans la valeur, non "
                                     "ajoutée après coup."),
                               {{.text = "Lampe ", .style = TextStyle::bold},
                                {.text = "365 nm, filtre LP 420."}}}});
    add(report::List{
        .items = {plain("Demander les fichiers RAW."), plain("Demander un blanc du même support.")},
        .numbered = true});
    add(report::TableBlock{.caption = "Tableau 1. Fichiers examinés",
                           .columns = {{.heading = "Fichier", .weight = 1.0},
                                       {.heading = "Rôle", .weight = 0.8},
                                       {.heading = "Empreinte SHA-256", .weight = 2.4}},
                           .rows = {{mono("evidence.dng"), plain("trace"), mono(hash)},
                                    {mono("blank.dng"), plain("blanc"), mono(hash)},
                                    {mono("a-very-long-file-name_without_spaces.dng"),
                                     plain("référence du lot"),
                                     mono(hash)}}});
    add(report::Heading{.level = 1, .text = "2. Résultats", .anchor = "findings"});
    add(report::PictureRow{
        .pictures = {sample_picture(420, 300, false), sample_picture(420, 300, true)}});
    add(report::Paragraph{.text = plain("Les deux images ont la même échelle.")});
    add(report::PictureRow{.pictures = {sample_picture(640, 240, true)}});
    add(long_table(rows));
    add(report::Heading{.level = 1, .text = "3. Valeur des résultats", .anchor = "value"});
    add(report::Paragraph{.text = plain("La figure donne la valeur et sa plage de sensibilité.")});
    add(sample_range_chart());
    add(sample_tornado_chart());
    add(sample_curve_chart());
    add(report::Paragraph{.text = plain("Note : les quantiles supposent les paramètres connus."),
                          .style = report::ParagraphStyle::note});
    add(report::PageBreak{});
    add(report::Heading{.level = 1, .text = "4. Fin", .anchor = "end"});
    add(report::Heading{.level = 3, .text = "Vérification", .anchor = "check"});
    add(report::Paragraph{.text = plain("Fin de la note.")});
    return note;
}

} // namespace cmq::render::test
