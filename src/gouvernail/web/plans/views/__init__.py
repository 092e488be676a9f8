"""The pages of the plan: sections and elements, forms, history, scenarios, import and export, the guided audit."""
