//===- CallGraph.h - the call graph of live code as a drawing -------------===//

#ifndef BOOTORDER_TOOL_REPORT_CALLGRAPH_H
#define BOOTORDER_TOOL_REPORT_CALLGRAPH_H

#include "solve/Solve.h"
#include "llvm/Support/raw_ostream.h"
#include <set>
#include <string>

namespace bootorder {

/// Writes the edges it is given as a graph in the language of Graphviz.
///
/// A function's node is `name (file)`, as static functions share names; a call
/// that is made several times from one function in one way is one edge. Edges
/// other than direct calls are labelled with their kind.
class DotWriter {
public:
  explicit DotWriter(llvm::raw_ostream &OS);
  /// Closes the graph.
  ~DotWriter();
  DotWriter(const DotWriter &) = delete;
  DotWriter &operator=(const DotWriter &) = delete;

  void add(const GraphEdge &Edge);

private:
  llvm::raw_ostream &OS;
  /// Edges of the caller at hand; edges come by caller.
  std::string Caller;
  std::set<std::pair<std::string, WitnessEdgeKind>> Written;
};

/// `caller<TAB>file<TAB>callee<TAB>file<TAB>kind<TAB>first step`.
void printEdge(llvm::raw_ostream &OS, const GraphEdge &Edge);

} // namespace bootorder

#endif
