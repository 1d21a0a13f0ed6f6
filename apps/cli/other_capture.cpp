// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/other_capture.hpp"

#include "core/error.hpp"

#include <filesystem>

namespace cmq::cli {

OtherCapture read_other(std::string const& file, pipeline::Readers const& readers) {
    try {
        return {
            std::filesystem::path{file}.filename().string(),
            capture::read_capture(file, {.decoder = readers.decoder, .threads = readers.threads})};
    } catch (Error& error) {
        error.at(file);
        throw;
    }
}

pipeline::Placement
place_other(Frame const& frame, OtherCapture const& other, bool unmoved, unsigned threads) {
    Shape const shape = other.capture.frame.shape;
    if (unmoved) {
        if (shape != frame.shape) {
            throw Error{
                ErrorKind::domain,
                {"« {} » compte {} x {} photosites, l’image examinée {} x {} : elle ne peut avoir "
                 "été prise du même endroit sans que rien ne bouge ; relancer sans --unmoved",
                 "'{}' has {} x {} photosites, the file {} x {}: it cannot have been taken from "
                 "the same place with nothing moved; run again without --unmoved"},
                other.name,
                shape.width,
                shape.height,
                frame.shape.width,
                frame.shape.height};
        }
        return {};
    }
    return pipeline::place_capture(frame,
                                   other.name,
                                   other.capture.frame,
                                   threads,
                                   Sentence{{" ; si les images ont été prises du même endroit sans "
                                             "que rien ne bouge, le dire par --unmoved",
                                             "; if the captures were taken from the same place "
                                             "with nothing moved, say so by --unmoved"}});
}

} // namespace cmq::cli
