//===- Outputs.h - which reports go where ---------------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_OUTPUTS_H
#define BOOTORDER_TOOL_REPORT_OUTPUTS_H

#include "tool/report/SarifReporter.h"
#include "tool/report/TextReporter.h"
#include "llvm/Support/Error.h"

namespace bootorder {

enum class ReportFormat { Text, Json, Sarif, CodeQuality };

/// How the formats that have a choice are written.
struct ReportOptions {
  OnRequest Also; ///< in every format that has a place for it
  TextOptions Text;
  SarifOptions Sarif;
};

/// One `--format FORMAT[=FILE]`.
struct Output {
  ReportFormat Format = ReportFormat::Text;
  std::string File; ///< empty: the standard output
};

/// Parses \p Formats, each the name of a format, with `=FILE` behind it or not.
/// Errors: an unknown format, an empty file name, two reports that would mix
/// on the standard output or in one file.
llvm::Expected<std::vector<Output>>
parseOutputs(llvm::ArrayRef<std::string> Formats);

/// An error if a file of \p Outputs lies in no folder that can be written, so
/// that a long run does not end in one.
llvm::Error checkOutputs(llvm::ArrayRef<Output> Outputs);

/// Writes every output; files all or nothing.
llvm::Error writeOutputs(llvm::ArrayRef<Output> Outputs, const Report &R,
                         const ReportOptions &Options);

} // namespace bootorder

#endif
