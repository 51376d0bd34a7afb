import '@fontsource-variable/noto-sans-sc';
import './page.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { signStyles } from './sign-styles.ts';

signStyles();
const place = document.getElementById('yiyun');
if (place === null) throw new Error('页面缺少内容区 / The page has no place for its content');
createRoot(place).render(<App />);
