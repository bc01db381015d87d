//===- CommandLine.h - options that several subcommands share -------------===//

#ifndef BOOTORDER_TOOL_DRIVER_COMMANDLINE_H
#define BOOTORDER_TOOL_DRIVER_COMMANDLINE_H

#include "tool/driver/Analysis.h"

namespace bootorder {

/// Adds `-p`, `-j` and what addCacheOptions() adds to \p Command.
void addTreeOptions(CLI::App &Command, AnalysisOptions &Options);

/// Adds `--facts`, which excludes `-p`; after addTreeOptions().
void addFactsOption(CLI::App &Command, AnalysisOptions &Options);

/// \p Options for the tree in \p Folder, which has facts or a compile database.
AnalysisOptions optionsForTree(const std::string &Folder,
                               AnalysisOptions Options);

/// Adds `--rules` and `--profile`.
void addRuleOptions(CLI::App &Command, AnalysisOptions &Options);

/// `--without`, which no help lists: to measure what parts of the analysis are
/// worth.
void addMechanismOption(CLI::App &Command, AnalysisOptions &Options);

} // namespace bootorder

#endif
