//===- Matrix.h - one report over several builds of a tree ----------------===//
//
// The same source is built for many architectures and configurations. A finding
// of one is worth more to its reader if it says what the others make of it.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_MATRIX_H
#define BOOTORDER_TOOL_REPORT_MATRIX_H

#include "tool/report/ReadReport.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// What a build makes of a finding that it or another one has.
enum class BuildSays {
  Finding,
  Elsewhere,  ///< the rule is broken there, too, by another decision
  Suppressed, ///< the finding is there and set aside
  None,       ///< the place is there, no finding
  Absent,     ///< the build does not have the place
  Unknown,    ///< incomplete, or a report that does not say what it is about
};

struct MatrixRow {
  KnownFinding Finding;        ///< as the first build has it
  std::vector<BuildSays> Says; ///< by build

  /// Some builds that have the place have the finding, and some have not.
  bool isDiffering() const;
};

struct Matrix {
  std::vector<KnownReport> Builds; ///< Name is how they are called
  std::vector<MatrixRow> Rows;     ///< by place, then rule
};

/// Joins findings by fingerprint; of those that share one, the first of one
/// build with the first of another.
Matrix joinReports(std::vector<KnownReport> Builds);

/// `arm64`, with the configuration if the architecture alone does not tell
/// the builds apart. \p Wanted, as given on the command line, wins if not
/// empty. Errors: two builds would be called the same.
llvm::Error nameBuilds(std::vector<KnownReport> &Builds,
                       const std::vector<std::string> &Wanted);

struct MatrixOptions {
  bool OnlyDiffering = false; ///< leave out what all builds agree on
};

void printMatrix(llvm::raw_ostream &OS, const Matrix &M,
                 const MatrixOptions &Options);
void printMatrixJson(llvm::raw_ostream &OS, const Matrix &M,
                     llvm::StringRef Version, const MatrixOptions &Options);

/// One log with a run for each build, whose results say what the other builds
/// make of them. \p Logs are SARIF logs, as many as builds.
/// Errors: a log that is not SARIF; two runs that a platform could not tell
/// apart.
llvm::Error printMatrixSarif(llvm::raw_ostream &OS, const Matrix &M,
                             std::vector<llvm::json::Value> Logs);

/// The names of the builds that say \p What of \p Row.
std::vector<std::string> buildsThatSay(const Matrix &M, const MatrixRow &Row,
                                       BuildSays What);

} // namespace bootorder

#endif
