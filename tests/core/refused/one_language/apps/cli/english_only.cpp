// SPDX-License-Identifier: GPL-3.0-or-later

// What the test languages must find; compiled by nobody.

void english_only(Streams streams, po::options_description& all, std::string const& name) {
    streams.err << "nothing was written\n";
    all.add_options()("help,h", "show this text");
    if (all.options().empty()) {
        throw Error{ErrorKind::io, Sentence::verbatim("cannot open it")};
    }
    throw Error{ErrorKind::io, "cannot open " + name};
}
