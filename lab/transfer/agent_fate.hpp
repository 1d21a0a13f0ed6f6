// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What becomes of one quantum of marker that is followed as an agent: lab/transfer/agents.hpp.

#pragma once

#include "core/random.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/population.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::lab {

/// What state one quantum of marker is in.
enum class AgentForm : std::uint8_t { wet, loose, bound, lost };

/// One quantum of marker.
struct Agent {
    std::size_t carrier = 0;
    AgentForm form = AgentForm::wet;
};

/// What happens in one run of the account, in the order of its times.
struct AgentHappening {
    double minutes = 0.0;
    Event const* event = nullptr;
    std::size_t first = 0; ///< its carriers; the same where it has one
    std::size_t second = 0;
    double odds = 1.0; ///< of a contact, all modifiers but friction's release of bound marker
};

/// \pre the account has a carrier of that id
[[nodiscard]] std::size_t carrier_index(Account const& account, std::string const& id);

/// Whether an event moves bound marker and multiplies the odds by friction's.
[[nodiscard]] bool rubs(Event const& event);

/// Follows quanta through one run of an account. Refers to what it is given.
class AgentFate {
public:
    /// \param happenings  in the order of their times
    /// \param seen        the examinations
    AgentFate(Account const& account,
              std::vector<AgentHappening> const& happenings,
              std::vector<Finding> const& seen,
              Psi const& psi,
              Random& random)
        : account_{account}
        , happenings_{happenings}
        , seen_{seen}
        , psi_{psi}
        , random_{random} {
        for (Finding const& finding : seen) {
            seen_on_.push_back(carrier_index(account, finding.zone));
        }
    }

    /// The examination whose zone the quantum is on when it is made; none: it is seen by none.
    std::optional<std::size_t> follow(Agent agent, double minutes);

private:
    struct Examined {
        bool is_there = false;
        std::size_t index = 0;
    };

    std::optional<Examined> examined(Agent& agent, double from, double to);
    void age(Agent& agent, double minutes);
    void meet(Agent& agent, AgentHappening const& happening);
    double exponential(double half_life);
    [[nodiscard]] double loose_half_life(Surface surface) const;
    [[nodiscard]] double stays(AgentForm form, EventKind kind) const;
    [[nodiscard]] double goes_over(Agent const& agent, Event const& event, double odds) const;

    Account const& account_;
    std::vector<AgentHappening> const& happenings_;
    std::vector<Finding> const& seen_;
    std::vector<std::size_t> seen_on_; ///< carrier of each
    Psi const& psi_;
    Random& random_;
};

} // namespace cmq::lab
