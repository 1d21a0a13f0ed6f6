// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/read_readings.hpp"

#include "apps/pipeline/conclude_reading.hpp"
#include "apps/pipeline/load_registry.hpp"
#include "apps/pipeline/read_codes.hpp"
#include "casefile/problems.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/code/bases.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace cmq::pipeline {
namespace {

using Name = casefile::Placed<std::string>;
using Role = std::pair<char const*, std::vector<Name> const*>;

/// The lists of files of a reading, samples first.
std::vector<Role> lists_of(casefile::Reading const& reading) {
    return {{"sample", &reading.files},
            {"negative", &reading.negative_controls},
            {"extraction", &reading.extraction_controls},
            {"environment", &reading.environment_controls},
            {"positive", &reading.positive_controls}};
}

std::string hash_of(casefile::Case const& of, Name const& file) {
    try {
        return sha256_hex(read_file(casefile::resolve_path(of, *file)));
    } catch (Error& error) {
        error.at(casefile::to_sentence(file.place));
        throw;
    }
}

void expect_hash(Name const& stated, std::string const& found) {
    if (*stated != found) {
        throw casefile::make_error(
            ErrorKind::integrity,
            stated.place,
            {"l’affaire énonce une autre empreinte que celle du fichier : {}",
             "the case states another hash than the file has: {}"},
            found);
    }
}

std::string joined(std::vector<Name> const& names) {
    std::string all;
    for (Name const& name : names) {
        all += (all.empty() ? "" : ", ") + *name;
    }
    return all;
}

void add_facts(lab::Lot const& lot, std::vector<report::NoteLotFact>& facts) {
    auto const add = [&](char const* key, std::string const& text) {
        if (!text.empty()) {
            facts.push_back({key, text});
        }
    };
    add("product", lot.product);
    add("holder", lot.holder);
    add("pellets", lot.pellets ? number_text(*lot.pellets) : "");
    add("litres", lot.litres ? number_text(*lot.litres) : "");
    std::array<std::pair<char const*, std::vector<std::string> const*>, 6> const lists{
        {{"opened", &lot.opened},
         {"deliveries", &lot.deliveries},
         {"trainings", &lot.trainings},
         {"demonstrations", &lot.demonstrations},
         {"people", &lot.people},
         {"vehicles", &lot.vehicles}}};
    for (auto const& [key, texts] : lists) {
        for (std::string const& text : *texts) {
            add(key, text);
        }
    }
}

/// The readings of one case against one registry.
class Reader {
public:
    Reader(casefile::Case const& of, std::filesystem::path reader)
        : of_{of}
        , reader_{std::move(reader)} {
        load();
    }

    report::NoteReadings run() {
        for (casefile::Reading const& reading : of_.readings) {
            report::NoteReading& note = out_.readings.emplace_back();
            note.id = *reading.id;
            read_.emplace_back();
            if (reading.files.empty()) {
                conclude_reported(of_, reading, registry_ ? &*registry_ : nullptr, note);
            } else {
                read_.back() = read(reading, note);
            }
        }
        // What hops from one sample of a run into another is known once all are read.
        for (std::size_t i = 0; i < read_.size(); ++i) {
            if (!read_[i].samples.empty()) {
                expect_own_analysis(i);
                judge(i);
            }
        }
        return std::move(out_);
    }

private:
    void load() {
        if (!of_.marker || !of_.marker->registry) {
            return;
        }
        casefile::Marker const& marker = *of_.marker;
        out_.registry_sha256 = hash_of(of_, *marker.registry);
        if (marker.registry_sha256) {
            expect_hash(*marker.registry_sha256, out_.registry_sha256);
        }
        try {
            registry_ = load_registry(casefile::resolve_path(of_, **marker.registry));
        } catch (Error& error) {
            error.at(casefile::to_sentence(marker.registry->place));
            throw;
        }
        out_.registry_lots = registry_->lots.size();
        if (registry_->negative_controls) {
            out_.history_positive = static_cast<double>(registry_->negative_controls->positive);
            out_.history_all = static_cast<double>(registry_->negative_controls->all);
        }
        auto const lot = std::ranges::find(registry_->lots, *marker.lot, &lab::Lot::name);
        if (lot == registry_->lots.end()) {
            throw casefile::make_error(ErrorKind::format,
                                       marker.lot.place,
                                       {"attendu : un lot du registre ({} lots) ; trouvé : {}",
                                        "expected a lot of the registry ({} lots), found {}"},
                                       registry_->lots.size(),
                                       casefile::in_quotes(*marker.lot));
        }
        add_facts(*lot, out_.lot);
    }

    using File = std::unique_ptr<CodeFile>;

    /// The files of one list; each must bear a code that can be read.
    std::vector<File> read_list(Role const& list, CodeRun& run, report::NoteReading& note) const {
        std::vector<File> files;
        for (Name const& name : *list.second) {
            try {
                files.push_back(read_code_file(casefile::resolve_path(of_, *name), run));
            } catch (Error& error) {
                error.at(casefile::to_sentence(name.place));
                throw;
            }
            CodeFile& file = *files.back();
            if (!file.reading) {
                throw casefile::make_error(
                    ErrorKind::format,
                    name.place,
                    {"attendu : un fichier dont on lit un code (trace, lectures) ; trouvé : {}",
                     "expected a file of which a code is read (a trace, reads), found {}"},
                    file.format);
            }
            if (file.is_simulated && !of_.demonstration) {
                throw casefile::make_error(
                    ErrorKind::domain,
                    name.place,
                    {"le fichier est simulé et ne peut être un élément de preuve ; une affaire qui "
                     "montre le fonctionnement du programme porte demonstration = true",
                     "the file is simulated and cannot be evidence; a case that shows how the "
                     "program works says demonstration = true"});
            }
            file.reading->sample = *name; // where the folder lay here is nobody's business
            note.files.push_back({.file = *name,
                                  .sha256 = file.sha256,
                                  .role = list.first,
                                  .format = std::string{file.format},
                                  .read = file.reading->read,
                                  .is_good = true,
                                  .lots = {}});
        }
        return files;
    }

    static std::vector<lab::CodeReading> readings_of(std::vector<File> const& files) {
        std::vector<lab::CodeReading> readings;
        readings.reserve(files.size());
        for (File const& file : files) {
            readings.push_back(*file->reading);
        }
        return readings;
    }

    /// What was read for one [[reading]], before it is judged.
    struct Read {
        std::vector<lab::CodeReading> samples; ///< none: it is only reported
        lab::JudgeSettings judging;
    };

    Read read(casefile::Reading const& reading, report::NoteReading& note) const {
        CodeRun run;
        run.registry = registry_;
        run.layout = {.forward = lab::to_upper(reading.forward),
                      .reverse = lab::to_upper(reading.reverse),
                      .umi = static_cast<std::size_t>(reading.umi)};
        run.reader = reader_;
        auto const lists = lists_of(reading);
        Read all;
        all.samples = readings_of(read_list(lists[0], run, note));
        for (std::size_t i = 0; i < reading.sha256.size(); ++i) {
            expect_hash(reading.sha256[i], note.files[i].sha256);
        }
        all.judging = {.negative_controls = readings_of(read_list(lists[1], run, note)),
                       .extraction_controls = readings_of(read_list(lists[2], run, note)),
                       .environment_controls = readings_of(read_list(lists[3], run, note)),
                       .positive_controls = readings_of(read_list(lists[4], run, note)),
                       .others_of_run = {},
                       .index_hopping = registry_->index_hopping,
                       .people = {},
                       .vehicles = {}};
        expect_same_instrument(all, lists);
        for (ReadingActor const& actor : actors_of(of_, reading)) {
            all.judging.people.push_back(actor.code);
            all.judging.vehicles.push_back(actor.code);
        }
        return all;
    }

    /// A control of fragments says nothing of a trace.
    static void expect_same_instrument(Read const& all, std::vector<Role> const& lists) {
        auto const expect = [&](std::vector<lab::CodeReading> const& readings, Role const& list) {
            for (std::size_t i = 0; i < readings.size(); ++i) {
                if (readings[i].kind != all.samples.front().kind) {
                    throw casefile::make_error(
                        ErrorKind::format,
                        (*list.second)[i].place,
                        {"attendu : un fichier du même appareil que l’échantillon ; ce qu’un autre "
                         "appareil a lu est une autre lecture",
                         "expected a file of the sample's instrument; what another instrument read "
                         "is another reading"});
                }
            }
        };
        expect(all.samples, lists[0]);
        expect(all.judging.negative_controls, lists[1]);
        expect(all.judging.extraction_controls, lists[2]);
        expect(all.judging.environment_controls, lists[3]);
        expect(all.judging.positive_controls, lists[4]);
    }

    /// Samples of other zones that ran along in the i-th reading's run.
    void add_others_of_run(std::size_t i) {
        casefile::Reading const& reading = of_.readings[i];
        for (std::size_t k = 0; k < read_.size(); ++k) {
            casefile::Reading const& other = of_.readings[k];
            if (!reading.run.empty() && other.run == reading.run && *other.zone != *reading.zone) {
                auto& others = read_[i].judging.others_of_run;
                others.insert(others.end(), read_[k].samples.begin(), read_[k].samples.end());
            }
        }
    }

    /// A copy under another name is no second look at a zone.
    void expect_own_analysis(std::size_t i) const {
        for (std::size_t k = 0; k < i; ++k) {
            if (*of_.readings[k].zone != *of_.readings[i].zone) {
                continue;
            }
            for (std::size_t file = 0; file < read_[i].samples.size(); ++file) {
                auto const& files = out_.readings[k].files;
                bool const is_copy = std::ranges::any_of(files, [&](auto const& other) {
                    return other.role == "sample" &&
                           other.sha256 == out_.readings[i].files[file].sha256;
                });
                if (is_copy) {
                    throw casefile::make_error(
                        ErrorKind::format,
                        of_.readings[i].files[file].place,
                        {"attendu : une autre analyse ; ce fichier a les mêmes octets qu’un "
                         "fichier de la lecture {}, de la même zone",
                         "expected another analysis: this file has the same bytes as one of "
                         "reading {}, of the same zone"},
                        casefile::in_quotes(*of_.readings[k].id));
                }
            }
        }
    }

    void judge(std::size_t i) {
        add_others_of_run(i);
        std::vector<lab::CodeJudgement> judgements;
        judgements.reserve(read_[i].samples.size());
        for (lab::CodeReading const& sample : read_[i].samples) {
            judgements.push_back(lab::judge_code(sample, *registry_, read_[i].judging));
        }
        conclude_reading(of_, of_.readings[i], *registry_, judgements, out_.readings[i]);
    }

    casefile::Case const& of_;
    std::filesystem::path reader_;
    std::optional<lab::Registry> registry_;
    report::NoteReadings out_;
    std::vector<Read> read_; // one for each reading
};

} // namespace

report::NoteReadings read_readings(casefile::Case const& of, std::filesystem::path const& reader) {
    return of.readings.empty() ? report::NoteReadings{} : Reader{of, reader}.run();
}

std::string reading_inputs(casefile::Case const& of) {
    std::string text;
    if (of.readings.empty()) {
        return text;
    }
    text = of.marker->registry ? "registry " + hash_of(of, *of.marker->registry) : "no registry";
    for (casefile::Reading const& reading : of.readings) {
        for (Role const& list : lists_of(reading)) {
            for (Name const& file : *list.second) {
                text += "; " + *reading.id + " " + list.first + " " + hash_of(of, file);
            }
        }
    }
    return text;
}

std::string reading_inputs(casefile::Case const& of, report::NoteReadings const& readings) {
    std::string text;
    if (of.readings.empty()) {
        return text;
    }
    text = of.marker->registry ? "registry " + readings.registry_sha256 : "no registry";
    for (report::NoteReading const& reading : readings.readings) {
        for (report::NoteReadingFile const& file : reading.files) {
            text += "; " + reading.id + " " + file.role + " " + file.sha256;
        }
    }
    return text;
}

std::string reading_parameters(casefile::Case const& of) {
    std::string text;
    if (of.readings.empty()) {
        return text;
    }
    text = "lot " + *of.marker->lot + "; arrested " + joined(of.marker->arrested_by) +
           "; searched " + joined(of.marker->searched_by) + "; vehicles " +
           joined(of.marker->vehicles);
    auto const rate = [](auto const& number) { return number ? number_text(**number) : "-"; };
    for (casefile::Reading const& reading : of.readings) {
        text += "; " + *reading.id + " forward " + reading.forward + " reverse " + reading.reverse +
                " umi " + std::to_string(reading.umi) + " code " +
                (reading.code ? **reading.code : "-") + " result " +
                (reading.result ? std::string{casefile::to_word(*reading.result)} : "-") +
                " errors " + rate(reading.error_rate) + " " + rate(reading.clerical_error_rate) +
                " missed " + rate(reading.miss_rate) + " laboratory " + reading.laboratory +
                " run " + reading.run + " examiner " + reading.examiner + " swabbed " +
                joined(reading.swabbed_by);
    }
    return text;
}

} // namespace cmq::pipeline
