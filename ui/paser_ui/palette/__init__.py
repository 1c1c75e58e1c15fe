"""The command palette: every act, panel, workspace, place and thing of the picture, by its name."""
