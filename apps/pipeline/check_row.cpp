// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_row.hpp"

#include "casefile/check_form.hpp"

namespace cmq::pipeline {

void CheckedRow::expects_text(std::string_view text, std::string_view column) const {
    expects(casefile::is_text(text), column);
}

void CheckedRow::refuse(ErrorKind kind, std::string_view column, Words why) const {
    throw Error{kind,
                {"ligne {} du tableau « {} », colonne « {} » : {}",
                 "row {} of table '{}', column '{}', {}"},
                row_,
                table_,
                column,
                Sentence{why}};
}

} // namespace cmq::pipeline
