// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"

#include "apps/cli/find_programs.hpp"
#include "apps/cli/speaker.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

namespace cmq::cli {

namespace po = boost::program_options;

void add_profile_options(OptionAdder const& add, Language language) {
    std::string const file = Speaker{language}({"FICHIER", "FILE"});
    add("profile",
        po::value<std::string>()->value_name(file),
        {"profil de l’appareil (contremarque calibrate) : obscurité, réponse, défauts et bruit",
         "profile of the camera (contremarque calibrate): dark, response, defects and noise"});
    add("dark",
        po::value<std::vector<std::string>>()->value_name(file),
        {"image d’obscurité, objectif couvert, mêmes réglages ; peut être répété",
         "dark frame, lens covered, same settings; may be repeated"});
}

void add_calibration_options(OptionAdder const& add, Language language) {
    add_profile_options(add, language);
    add("ambient",
        po::value<std::string>()->value_name(Speaker{language}({"FICHIER", "FILE"})),
        {"même scène, lampe éteinte, rien n’ayant bougé : sa lumière est retranchée",
         "same scene with the lamp off and nothing moved: its light is taken off"});
}

pipeline::CalibrationFiles calibration_option(po::variables_map const& values) {
    pipeline::CalibrationFiles files;
    if (values.count("profile") > 0) {
        files.profile = values["profile"].as<std::string>();
    }
    if (values.count("dark") > 0) {
        for (std::string const& dark : values["dark"].as<std::vector<std::string>>()) {
            files.darks.emplace_back(dark);
        }
    }
    if (values.count("ambient") > 0) {
        files.ambient = values["ambient"].as<std::string>();
    }
    return files;
}

void find_readers(pipeline::CalibrationFiles const& files, pipeline::Readers& readers) {
    readers.decoder = find_decoder();
    if (files.profile) {
        readers.profile_reader = find_profile_reader();
    }
}

} // namespace cmq::cli
